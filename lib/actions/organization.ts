"use server";

import { refresh, revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import type { Failure } from "@/lib/core/result";
import { failure } from "@/lib/core/result";
import { confirmPasswordInput } from "@/lib/schemas/account";
import { foundOrganizationInput, updateOrganizationInput } from "@/lib/schemas/organization";
import { foundOrganization } from "@/lib/services/organizations/found-organization";
import { updateOrganization as updateOrganizationVerb } from "@/lib/services/organizations/update-organization";
import { confirmPassword } from "@/lib/services/sessions/confirm-password";
import { organizationAction, personAction } from "./action";
import { type FormState, refused, saved } from "./form-state";
import { formValues, requestIdOf } from "./form-values";

const save = organizationAction(updateOrganizationInput, updateOrganizationVerb);
const confirmOwnPassword = personAction(confirmPasswordInput, confirmPassword);
const found = personAction(foundOrganizationInput, foundOrganization);

export async function updateOrganization(
  organization: string,
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  const { password, ...values } = formValues(form, ["name", "keyCreators", "password"]);
  // The field is in the form only after the server has asked for the password.
  const confirmed = password === "" ? null : await confirmOwnPassword({ password });
  if (confirmed?.ok === false) return refused(atPassword(confirmed), values);
  // What a form carries is text; whether it is a level is the schema's to say.
  const result = await save(organization, values as Parameters<typeof save>[1], requestIdOf(form));
  if (!result.ok)
    return refused(result.code === "reauthentication_required" ? atPassword(result) : result, values);
  refresh();
  return saved();
}

/** The fault at its field is what makes the form show the password field. */
function atPassword(refusal: Failure): Failure {
  const { code, detail } = refusal;
  if (code === "signed_out") return refusal;
  return failure(code, detail, [{ field: "password", message: detail }]);
}

/** The form of the page "New organization"; leads on to the API keys of what it made. */
export async function createOrganization(_previous: FormState, form: FormData): Promise<FormState> {
  const values = formValues(form, ["name", "submission"]);
  const made = await found(values, requestIdOf(form));
  if (!made.ok) return refused(made, { name: values.name });
  // The switcher of every page that the browser keeps lists it too.
  revalidatePath("/", "layout");
  redirect(`/${made.value.organizationSlug}/settings/api-keys`, "replace");
}
