"use client";

import { type ErrorProps, PageError } from "@/components/shell/page-error";

/** The error state of a page of keys. */
export function KeysFailure(props: ErrorProps) {
  return (
    <PageError title="API keys" heading="The keys could not be loaded" {...props}>
      They keep working: the API does not depend on this page.
    </PageError>
  );
}
