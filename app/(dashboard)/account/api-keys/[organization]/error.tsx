"use client";

import { keysFailure } from "@/components/keys/list/keys-failure";
import { type ErrorProps, PageError } from "@/components/shell/page-error";

export default function OwnKeysError(props: ErrorProps) {
  return <PageError {...keysFailure} {...props} />;
}
