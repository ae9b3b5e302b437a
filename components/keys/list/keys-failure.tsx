"use client";

import { type ErrorProps, PageError } from "@/components/shell/page-error";

/** The error state of a page of keys. */
export function KeysFailure(props: ErrorProps) {
  return (
    <PageError title="API keys" heading="The keys cannot be shown now" {...props}>
      They go on working: the API answers by itself.
    </PageError>
  );
}
