"use client";

import { type ErrorProps, PageError } from "@/components/shell/page-error";

export default function ApplicationsError(props: ErrorProps) {
  return (
    <PageError title="Applications" heading="This could not be loaded" {...props}>
      Keys keep working, and people keep their access.
    </PageError>
  );
}
