"use server";

import { refresh } from "next/cache";
import { noticeKinds } from "@/lib/core/notices/notice-kinds";
import { chooseNoticeMailsInput, markNoticesReadInput } from "@/lib/schemas/notices/notices";
import { chooseNoticeMails as chooseNoticeMailsVerb } from "@/lib/services/notices/mail/choose-notice-mails";
import { markNoticesRead as markNoticesReadVerb } from "@/lib/services/notices/mark-notices-read";
import { personAction } from "../action";
import { type FormState, refused, saved } from "../form-state";
import { formValues, requestIdOf } from "../form-values";

const mark = personAction("notices.markRead", markNoticesReadInput, markNoticesReadVerb);
const choose = personAction("notices.chooseMails", chooseNoticeMailsInput, chooseNoticeMailsVerb);

export async function markNoticesRead(input: { readonly through: number }, requestId?: string) {
  const result = await mark(input, requestId);
  if (result.ok) refresh();
  return result;
}

/** A form with a checkbox for each kind. */
export async function chooseNoticeMails(_previous: FormState, form: FormData): Promise<FormState> {
  const values = formValues(form, noticeKinds);
  const mailed = noticeKinds.filter((kind) => values[kind] !== "");
  const result = await choose({ mailed }, requestIdOf(form));
  if (!result.ok) return refused(result, values);
  refresh();
  return saved();
}
