"use client";

import { CardForm } from "@/components/forms/action-form";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { createOrganization } from "@/lib/actions/organization";

/**
 * @param submission an id generated with the page, so that sending the form several times creates only one organization
 */
export function NewOrganizationForm({ submission }: { submission: string }) {
  return (
    <CardForm
      action={createOrganization}
      hidden={{ submission }}
      submit="Create organization"
      className="gap-5"
    >
      <Field
        label="Organization name"
        hint="The address is made from the name, and stays the same if you rename the organization."
        name="name"
      >
        <Input autoComplete="organization" autoFocus />
      </Field>
    </CardForm>
  );
}
