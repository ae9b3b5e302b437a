"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { readBrowserCookie } from "@/lib/auth/browser-cookie";
import { safeNextPath } from "@/lib/auth/safe-next-path";
import { clearSessionCookie, writeSessionCookie } from "@/lib/auth/session-cookie";
import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { confirmPasswordInput, signInInput } from "@/lib/schemas/account";
import { confirmPassword as confirmPasswordVerb } from "@/lib/services/sessions/confirm-password";
import { endSession } from "@/lib/services/sessions/end-session";
import { signIn as signInVerb } from "@/lib/services/sessions/sign-in";
import { personAction, publicAction } from "./action";
import { type FormState, refused } from "./form-state";
import { formValues } from "./form-values";

const startSession = publicAction(signInInput, async (input, origin) => {
  const started = await signInVerb(input, origin, await readBrowserCookie());
  if (started.ok) await writeSessionCookie(started.value.sessionId);
  return started;
});

const endOwnSession = personAction("session.endOwnSession", z.undefined(), async (actor, _input, origin) => {
  await endSession(actor.sessionId, origin);
  await clearSessionCookie();
  return success(null);
});

const confirmOwnPassword = personAction(
  "session.confirmOwnPassword",
  confirmPasswordInput,
  confirmPasswordVerb,
);

/** The sign-in page's form. On success it redirects to `next`, or to the start page. */
export async function signIn(_previous: FormState, form: FormData): Promise<FormState> {
  const { email, password, next } = formValues(form, ["email", "password", "next"]);
  if (email.trim() === "" || password === "") {
    return refused(failure("invalid_request", "Enter your email and your password."), { email });
  }
  const started = await startSession({ email, password });
  if (started.ok) redirect(safeNextPath(next) ?? "/", "replace");
  // An email or password that nobody can have gets the same answer as a wrong one.
  const refusal =
    started.code === "invalid_request" ? failure("forbidden", "Email or password is incorrect.") : started;
  return refused(refusal, { email: email.slice(0, 254) });
}

/** Ends the session in the database, so copies of its cookie stop working too. */
export async function signOut(): Promise<Result<null>> {
  return endOwnSession(undefined);
}

/** Confirms the password. For five minutes, the session may then use verbs that require a recent one. */
export async function confirmPassword(password: string): Promise<Result<null>> {
  return confirmOwnPassword({ password });
}
