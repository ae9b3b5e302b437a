"use client";

import { type ErrorProps, PageError } from "@/components/shell/page-error";

/** What a page of keys shows when they cannot be read. */
export function KeysFailure(props: ErrorProps) {
  return (
    <PageError title="API keys" heading="The keys cannot be shown now" {...props}>
      They go on working: the API answers by itself.
    </PageError>
  );
}
