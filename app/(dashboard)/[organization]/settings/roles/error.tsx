"use client";

import { type ErrorProps, PageError } from "@/components/shell/page-error";

export default function RolesError(props: ErrorProps) {
  return (
    <PageError title="Roles" heading="The roles could not be loaded" {...props}>
      Keys keep working with the permissions they have.
    </PageError>
  );
}
