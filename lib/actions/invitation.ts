"use server";

import { redirect } from "next/navigation";
import { writeSessionCookie } from "@/lib/auth/session-cookie";
import { acceptAsNewInput, acceptInvitationInput } from "@/lib/schemas/account";
import {
  acceptInvitationAsNew,
  acceptInvitation as acceptVerb,
} from "@/lib/services/invitations/accept-invitation";
import { personAction, publicAction } from "./action";
import { type FormState, refused } from "./form-state";
import { formValues, requestIdOf } from "./form-values";

const accept = personAction("invitation.accept", acceptInvitationInput, acceptVerb);

const acceptNew = publicAction(acceptAsNewInput, async (input, origin) => {
  const joined = await acceptInvitationAsNew(input, origin);
  if (joined.ok) await writeSessionCookie(joined.value.sessionId);
  return joined;
});

/** The invitation page's button for a person signed in with the invited email. */
export async function acceptInvitation(_previous: FormState, form: FormData): Promise<FormState> {
  const joined = await accept(formValues(form, ["token"]), requestIdOf(form));
  if (joined.ok) redirect(`/${joined.value.organizationSlug}`, "replace");
  return refused(joined, {});
}

/** The invitation page's form for a person without an account. On success it signs them in. */
export async function acceptAsNew(_previous: FormState, form: FormData): Promise<FormState> {
  const input = formValues(form, ["token", "name", "password"]);
  const joined = await acceptNew(input);
  if (joined.ok) redirect(`/${joined.value.organizationSlug}`, "replace");
  return refused(joined, { name: input.name });
}
