import type { ErrorCode } from "./error";

export type FieldError = { readonly field: string; readonly message: string };

export type Failure = {
  readonly ok: false;
  readonly code: ErrorCode;
  /** One sentence for the person or program that asked. Never holds a token. */
  readonly detail: string;
  readonly fields?: readonly FieldError[];
  /** When the same may be tried again. */
  readonly retryAfterSeconds?: number;
  /** Of a change that was decided on something else: what is there now. For the dashboard alone. */
  readonly current?: Readonly<Record<string, unknown>>;
};

/** Expected outcomes are values; exceptions are for the unexpected. */
export type Result<T> = { readonly ok: true; readonly value: T } | Failure;

export function success<T>(value: T): Result<T> {
  return { ok: true, value };
}

export function failure(code: ErrorCode, detail: string, fields?: readonly FieldError[]): Failure {
  return fields === undefined ? { ok: false, code, detail } : { ok: false, code, detail, fields };
}
