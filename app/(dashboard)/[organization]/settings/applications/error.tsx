"use client";

import { type ErrorProps, PageError } from "@/components/shell/page-error";

export default function ApplicationsError(props: ErrorProps) {
  return (
    <PageError title="Applications" heading="This cannot be shown now" {...props}>
      Nothing has changed: keys may do what they could, and people have the access they had.
    </PageError>
  );
}
