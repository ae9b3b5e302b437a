"use client";

import { type ErrorProps, PageError } from "@/components/shell/page-error";

export default function MembersError(props: ErrorProps) {
  return (
    <PageError title="Members" heading="The members cannot be shown now" {...props}>
      Their access and their keys go on working.
    </PageError>
  );
}
