"use server";

import { redirect } from "next/navigation";
import { requestPasswordResetInput, resetPasswordInput } from "@/lib/schemas/account";
import { requestPasswordReset as requestVerb } from "@/lib/services/password-reset/request-password-reset";
import { resetPassword as resetVerb } from "@/lib/services/password-reset/reset-password";
import { publicAction } from "./action";
import { type FormState, refused, saved } from "./form-state";
import { formValues } from "./form-values";

const request = publicAction(requestPasswordResetInput, requestVerb);
const reset = publicAction(resetPasswordInput, resetVerb);

/** The form behind "Forgot your password?". It answers the same whether or not the account exists. */
export async function requestPasswordReset(_previous: FormState, form: FormData): Promise<FormState> {
  const values = formValues(form, ["email"]);
  const asked = await request(values);
  const typed = { email: values.email.slice(0, 254) };
  return asked.ok ? { ...saved(), values: typed } : refused(asked, typed);
}

/** The form behind the reset link. On success it redirects to sign-in. */
export async function resetPassword(_previous: FormState, form: FormData): Promise<FormState> {
  const done = await reset(formValues(form, ["token", "password"]));
  if (done.ok) redirect("/sign-in?password=changed", "replace");
  return refused(done, {});
}
