"use client";

import { type ErrorProps, PageError } from "@/components/shell/page-error";

export default function ApplicationsError(props: ErrorProps) {
  return (
    <PageError title="Applications" heading="This cannot be shown now" {...props}>
      Keys go on working, and people keep their access.
    </PageError>
  );
}
