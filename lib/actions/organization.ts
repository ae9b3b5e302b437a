"use server";

import { refresh, revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { foundOrganizationInput, updateOrganizationInput } from "@/lib/schemas/organization";
import { foundOrganization } from "@/lib/services/organizations/found-organization";
import { updateOrganization as updateOrganizationVerb } from "@/lib/services/organizations/update-organization";
import { organizationAction, personAction } from "./action";
import { type FormState, refused, saved } from "./form-state";
import { formValues } from "./form-values";

const save = organizationAction(updateOrganizationInput, updateOrganizationVerb);
const found = personAction(foundOrganizationInput, foundOrganization);

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

/** The form of the page "New organization"; leads on to the API keys of what it made. */
export async function createOrganization(_previous: FormState, form: FormData): Promise<FormState> {
  const values = formValues(form, ["name", "submission"]);
  const made = await found(values);
  if (!made.ok) return refused(made, { name: values.name });
  // The switcher of every page that the browser keeps lists it too.
  revalidatePath("/", "layout");
  redirect(`/${made.value.organizationSlug}/settings/api-keys`, "replace");
}
