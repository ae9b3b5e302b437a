"use server";

import { redirect } from "next/navigation";
import { writeSessionCookie } from "@/lib/auth/session-cookie";
import { setFirstPasswordInput } from "@/lib/schemas/account";
import { setFirstPassword as setVerb } from "@/lib/services/users/password/set-first-password";
import { publicAction } from "./action";
import { type FormState, refused } from "./form-state";
import { formValues } from "./form-values";

const set = publicAction(setFirstPasswordInput, async (input, origin) => {
  const done = await setVerb(input, origin);
  if (done.ok) await writeSessionCookie(done.value.sessionId);
  return done;
});

/** The form behind the link of a person created through the API. On success it signs them in. */
export async function setFirstPassword(_previous: FormState, form: FormData): Promise<FormState> {
  const done = await set(formValues(form, ["token", "password"]));
  if (done.ok) redirect(`/${done.value.organizationSlug}`, "replace");
  return refused(done, {});
}
