"use server";

import { refresh } from "next/cache";
import { chosenKinds } from "@/lib/core/notices/notice-kinds";
import { confirmPasswordInput } from "@/lib/schemas/account";
import { chooseNoticeMailsInput, markNoticesReadInput } from "@/lib/schemas/notices/notices";
import { chooseNoticeMails as chooseNoticeMailsVerb } from "@/lib/services/notices/mail/choose-notice-mails";
import { markNoticesRead as markNoticesReadVerb } from "@/lib/services/notices/mark-notices-read";
import { confirmPassword } from "@/lib/services/sessions/confirm-password";
import { personAction } from "../action";
import { atPassword, type FormState, refused, saved } from "../form-state";
import { formValues, requestIdOf } from "../form-values";

const mark = personAction("notices.markRead", markNoticesReadInput, markNoticesReadVerb);
const confirmOwnPassword = personAction("notices.confirmOwnPassword", confirmPasswordInput, confirmPassword);
const choose = personAction("notices.chooseMails", chooseNoticeMailsInput, chooseNoticeMailsVerb);

export async function markNoticesRead(input: { readonly through: number }, requestId?: string) {
  const result = await mark(input, requestId);
  if (result.ok) refresh();
  return result;
}

/** A form with a checkbox for each kind. */
export async function chooseNoticeMails(_previous: FormState, form: FormData): Promise<FormState> {
  const { password, ...values } = formValues(form, [...chosenKinds, "password"] as const);
  // The field is in the form only after the server has asked for the password.
  const confirmed = password === "" ? null : await confirmOwnPassword({ password });
  if (confirmed?.ok === false) return refused(atPassword(confirmed), values);
  const mailed = chosenKinds.filter((kind) => values[kind] !== "");
  const result = await choose({ mailed }, requestIdOf(form));
  if (!result.ok) return refused(result, values);
  refresh();
  return saved();
}
