import type { Failure } from "@/lib/core/result";

/** What a form shows after it was sent; the first time, nothing. */
export type FormState = {
  readonly failure: Failure | null;
  /** What was typed, to stand in the fields again. Never a password. */
  readonly values: Readonly<Record<string, string>>;
  /** When it succeeded, as milliseconds, so that a form can tell one success from the last. */
  readonly savedAt: number | null;
};

/** The hidden field that names what was submitted. */
export const requestIdField = "requestId";

export const freshForm: FormState = { failure: null, values: {}, savedAt: null };

export function refused(failure: Failure, values: FormState["values"]): FormState {
  return { failure, values, savedAt: null };
}

export function saved(): FormState {
  return { failure: null, values: {}, savedAt: Date.now() };
}
