"use client";

import { type ErrorProps, PageError } from "@/components/shell/page-error";

export default function RolesError(props: ErrorProps) {
  return (
    <PageError title="Roles" heading="The roles cannot be shown now" {...props}>
      Nothing about them has changed, and keys may do what they could.
    </PageError>
  );
}
