"use server";

import { refresh } from "next/cache";
import { updateOrganizationInput } from "@/lib/schemas/organization";
import { updateOrganization as updateOrganizationVerb } from "@/lib/services/organizations/update-organization";
import { organizationAction } from "./action";
import { type FormState, refused, saved } from "./form-state";
import { formValues } from "./form-values";

const save = organizationAction(updateOrganizationInput, updateOrganizationVerb);

export async function updateOrganization(
  organization: string,
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  const values = formValues(form, ["name", "keyCreators"]);
  // What a form carries is text; whether it is a level is the schema's to say.
  const result = await save(organization, values as Parameters<typeof save>[1]);
  if (!result.ok) return refused(result, values);
  refresh();
  return saved();
}
