"use server";

import { reportLeakInput } from "@/lib/schemas/leaks";
import { reportLeakedKey as verb } from "@/lib/services/leaks/report-leaked-key";
import { publicAction } from "./action";
import { type FormState, refused, saved } from "./form-state";
import { formValues } from "./form-values";

const report = publicAction(reportLeakInput, verb);

/** The form of the page "Report a leaked key". The token is never sent back. */
export async function reportLeakedKey(_previous: FormState, form: FormData): Promise<FormState> {
  const reported = await report(formValues(form, ["token"]));
  return reported.ok
    ? saved({ keyId: reported.value.keyId ?? "", paused: reported.value.isPaused ? "yes" : "" })
    : refused(reported, {});
}
