"use client";

import { type ErrorProps, PageError } from "@/components/shell/page-error";

export default function MembersError(props: ErrorProps) {
  return (
    <PageError title="Members" heading="The members could not be loaded" {...props}>
      Their access and their keys keep working.
    </PageError>
  );
}
