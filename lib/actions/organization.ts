"use server";

import { refresh, revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import type { Failure } from "@/lib/core/result";
import { confirmPasswordInput } from "@/lib/schemas/account";
import {
  changeRetentionInput,
  foundOrganizationInput,
  previewRetentionInput,
  updateOrganizationInput,
} from "@/lib/schemas/organization";
import { changeAuditRetention as changeRetentionVerb } from "@/lib/services/audit/retention/change-audit-retention";
import { previewAuditRetention as previewRetentionVerb } from "@/lib/services/audit/retention/preview-audit-retention";
import { foundOrganization } from "@/lib/services/organizations/found-organization";
import { updateOrganization as updateOrganizationVerb } from "@/lib/services/organizations/update-organization";
import { confirmPassword } from "@/lib/services/sessions/confirm-password";
import { organizationAction, organizationChange, organizationRead, personAction } from "./action";
import { atPassword, type FormState, refused, saved } from "./form-state";
import { formValues, requestIdOf } from "./form-values";

const save = organizationAction("organization.save", updateOrganizationInput, updateOrganizationVerb);
const confirmOwnPassword = personAction(
  "organization.confirmOwnPassword",
  confirmPasswordInput,
  confirmPassword,
);
const found = personAction("organization.found", foundOrganizationInput, foundOrganization);

const settingNames = [
  ...(["name", "keyCreators", "tokenPrefix"] as const),
  ...(["requireExpiry", "maximumLifetimeDays", "pauseLeakedKeys"] as const),
] as const;
type SettingName = (typeof settingNames)[number];
/** The name of the hidden field that holds the value the form was filled with. */
const seenNameOf = <Name extends SettingName>(name: Name) =>
  `seen${name.charAt(0).toUpperCase()}${name.slice(1)}` as `seen${Capitalize<Name>}`;
const seenNames = settingNames.map(seenNameOf);

export const changeAuditRetention = organizationChange(
  "organization.retention",
  changeRetentionInput,
  changeRetentionVerb,
);
export const previewAuditRetention = organizationRead(previewRetentionInput, previewRetentionVerb);

export async function updateOrganization(
  organization: string,
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  const sent = formValues(form, [...settingNames, ...seenNames, "shown", "password"] as const);
  const { password, shown, ...values } = sent;
  const asked = fieldsOf(settingNames, (name) => values[name]);
  const seen = fieldsOf(settingNames, (name) => values[seenNameOf(name)]);
  // The field is in the form only after the server has asked for the password.
  const confirmed = password === "" ? null : await confirmOwnPassword({ password });
  if (confirmed?.ok === false) return refused(atPassword(confirmed), values);
  // Form values are text; the schema checks whether this is a level.
  const input = {
    ...asked,
    ...(seen.name === "" ? {} : { seen }),
    ...(shown === "" ? {} : { shown: readShown(shown) }),
  } as Parameters<typeof save>[1];
  const result = await save(organization, input, requestIdOf(form));
  // Leave out `shown`: the review dialog submits it, and after a failure the person must see the review again.
  if (!result.ok) return refused(result, { ...values, ...rebased(result, sent) });
  refresh();
  return saved({ shortened: String(result.value.shortened ?? 0) });
}

/** The form's values after a conflict: current values everywhere except in fields that this person edited. */
function rebased({ current }: Failure, sent: Readonly<Record<string, string>>): Record<string, string> {
  if (current === undefined || !("name" in current)) return {};
  const now = fieldsOf(settingNames, (name) => textOf(current[name]));
  const seen = settingNames.map((name) => [seenNameOf(name), now[name]]);
  const unedited = settingNames.filter((name) => sent[name] === sent[seenNameOf(name)]);
  return Object.fromEntries([...seen, ...unedited.map((name) => [name, now[name]])]);
}

function fieldsOf<Value>(names: readonly SettingName[], read: (name: SettingName) => Value) {
  return Object.fromEntries(names.map((name) => [name, read(name)])) as Record<SettingName, Value>;
}

/** A setting's value as form text. */
function textOf(value: unknown): string {
  return value === null || value === undefined || value === false
    ? ""
    : value === true
      ? "on"
      : String(value);
}

/** Parses the preview that the review dialog showed. The schema validates it. */
function readShown(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
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
