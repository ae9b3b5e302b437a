"use client";

import { KeysFailure } from "@/components/keys/keys-failure";

export default KeysFailure;
