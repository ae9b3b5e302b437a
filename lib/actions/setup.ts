"use server";

import { redirect } from "next/navigation";
import { writeSessionCookie } from "@/lib/auth/session-cookie";
import { setupInput } from "@/lib/schemas/account";
import { setUp as setUpVerb } from "@/lib/services/setup/set-up";
import { publicAction } from "./action";
import { type FormState, refused } from "./form-state";
import { formValues } from "./form-values";

const makeOwner = publicAction(setupInput, async (input, origin) => {
  const made = await setUpVerb(input, origin);
  if (made.ok) await writeSessionCookie(made.value.sessionId);
  return made;
});

/** The setup page's form. On success it signs the new owner in and shows their API keys. */
export async function setUp(_previous: FormState, form: FormData): Promise<FormState> {
  const input = formValues(form, ["token", "name", "email", "password", "organizationName"]);
  const made = await makeOwner(input);
  if (made.ok) redirect(`/${made.value.organizationSlug}/settings/api-keys`, "replace");
  const { name, email, organizationName } = input;
  return refused(made, { name, email, organizationName });
}
