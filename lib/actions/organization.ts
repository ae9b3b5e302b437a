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
import { formValues, requestIdOf, seenNow } from "./form-values";

const save = organizationAction("organization.save", updateOrganizationInput, updateOrganizationVerb);
const confirmOwnPassword = personAction(
  "organization.confirmOwnPassword",
  confirmPasswordInput,
  confirmPassword,
);
const found = personAction("organization.found", foundOrganizationInput, foundOrganization);

export async function updateOrganization(
  organization: string,
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  const sent = formValues(form, [
    ...["name", "keyCreators", "tokenPrefix"],
    ...["seenName", "seenKeyCreators", "seenTokenPrefix", "password"],
  ] as const);
  const { password, seenName, seenKeyCreators, seenTokenPrefix, ...asked } = sent;
  const seen = { name: seenName, keyCreators: seenKeyCreators, tokenPrefix: seenTokenPrefix };
  const values = { ...asked, seenName, seenKeyCreators, seenTokenPrefix };
  // The field is in the form only after the server has asked for the password.
  const confirmed = password === "" ? null : await confirmOwnPassword({ password });
  if (confirmed?.ok === false) return refused(atPassword(confirmed), values);
  // Form values are text; the schema checks whether this is a level.
  const input = { ...asked, ...(seenName === "" ? {} : { seen }) } as Parameters<typeof save>[1];
  const result = await save(organization, input, requestIdOf(form));
  if (!result.ok) {
    const late = result.code === "reauthentication_required";
    return refused(late ? atPassword(result) : result, { ...values, ...rebased(result, sent) });
  }
  refresh();
  return saved();
}

/** After a conflict: the current values, as those seen and in every field that this person did not edit. */
function rebased(refusal: Failure, sent: Record<string, string>): Record<string, string> {
  const name = seenNow(refusal, "name");
  const keyCreators = seenNow(refusal, "keyCreators");
  if (name === undefined || keyCreators === undefined) return {};
  const tokenPrefix = seenNow(refusal, "tokenPrefix") ?? "";
  return {
    seenName: name,
    seenKeyCreators: keyCreators,
    seenTokenPrefix: tokenPrefix,
    ...(sent.name === sent.seenName ? { name } : {}),
    ...(sent.keyCreators === sent.seenKeyCreators ? { keyCreators } : {}),
    ...(sent.tokenPrefix === sent.seenTokenPrefix ? { tokenPrefix } : {}),
  };
}

/** Puts the fault on the password field, which makes the form show that field. */
function atPassword(refusal: Failure): Failure {
  const { code, detail } = refusal;
  if (code === "signed_out") return refusal;
  return failure(code, detail, [{ field: "password", message: detail }]);
}

/** The form of the page "New organization". On success it redirects to the new organization's API keys. */
export async function createOrganization(_previous: FormState, form: FormData): Promise<FormState> {
  const values = formValues(form, ["name", "submission"]);
  const made = await found(values, requestIdOf(form));
  if (!made.ok) return refused(made, { name: values.name });
  // The switcher on every cached page must list it too.
  revalidatePath("/", "layout");
  redirect(`/${made.value.organizationSlug}/settings/api-keys`, "replace");
}
