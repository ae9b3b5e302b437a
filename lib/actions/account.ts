"use server";

import { refresh } from "next/cache";
import { writeBrowserCookie } from "@/lib/auth/browser-cookie";
import { changePasswordInput, profileInput } from "@/lib/schemas/account";
import { changePassword as changePasswordVerb } from "@/lib/services/users/password/change-password";
import { updateProfile as updateProfileVerb } from "@/lib/services/users/update-profile";
import { personAction } from "./action";
import { type FormState, refused, saved } from "./form-state";
import { formValues, requestIdOf, seenNow } from "./form-values";

const saveProfile = personAction("account.saveProfile", profileInput, updateProfileVerb);
const savePassword = personAction(
  "account.savePassword",
  changePasswordInput,
  async (actor, input, origin) => {
    const changed = await changePasswordVerb(actor, input, origin);
    // The new password made every browser unknown, including this one.
    if (changed.ok) await writeBrowserCookie(actor.sessionId);
    return changed;
  },
);

export async function updateProfile(_previous: FormState, form: FormData): Promise<FormState> {
  const { name, seenName } = formValues(form, ["name", "seenName"]);
  const seen = seenName === "" ? undefined : { name: seenName };
  const result = await saveProfile({ name, seen }, requestIdOf(form));
  if (!result.ok) return refused(result, { name, seenName: seenNow(result, "name") ?? seenName });
  refresh();
  return saved();
}

/** Ends every other session of the person. */
export async function changePassword(_previous: FormState, form: FormData): Promise<FormState> {
  const result = await savePassword(formValues(form, ["currentPassword", "newPassword"]), requestIdOf(form));
  return result.ok ? saved() : refused(result, {});
}
