import type { Failure } from "@/lib/core/result";
import { failure } from "@/lib/core/result";

/** What a form shows after it was submitted. `freshForm` is the state before. */
export type FormState = {
  readonly failure: Failure | null;
  /** The submitted values, to fill the fields again. Never a password. */
  readonly values: Readonly<Record<string, string>>;
  /** The time of the success in milliseconds, which lets a form tell one success from the next. */
  readonly savedAt: number | null;
};

/** The hidden field with the submission's request id. */
export const requestIdField = "requestId";

export const freshForm: FormState = { failure: null, values: {}, savedAt: null };

export function refused(failure: Failure, values: FormState["values"]): FormState {
  return { failure, values, savedAt: null };
}

/** @param values what the form shows about the success */
export function saved(values: FormState["values"] = {}): FormState {
  return { failure: null, values, savedAt: Date.now() };
}

/** Reports the failure at the password field, which makes the form show that field. */
export function atPassword(refusal: Failure): Failure {
  const { code, detail } = refusal;
  if (code === "signed_out") return refusal;
  return failure(code, detail, [{ field: "password", message: detail }]);
}
