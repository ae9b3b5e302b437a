"use client";

import { KeysFailure } from "@/components/keys/list/keys-failure";

export default KeysFailure;
