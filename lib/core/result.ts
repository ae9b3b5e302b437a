import type { ErrorCode } from "./error";

export type FieldError = { readonly field: string; readonly message: string };

export type Failure = {
  readonly ok: false;
  readonly code: ErrorCode;
  /** One sentence for the person or program that made the request. Never contains a token. */
  readonly detail: string;
  readonly fields?: readonly FieldError[];
  /** When to try again. */
  readonly retryAfterSeconds?: number;
  /** For a change based on outdated data: the current data. Only the dashboard gets it. */
  readonly current?: Readonly<Record<string, unknown>>;
};

/** Expected failures are values; exceptions are for the unexpected. */
export type Result<T> = { readonly ok: true; readonly value: T } | Failure;

export function success<T>(value: T): Result<T> {
  return { ok: true, value };
}

export function failure(code: ErrorCode, detail: string, fields?: readonly FieldError[]): Failure {
  return fields === undefined ? { ok: false, code, detail } : { ok: false, code, detail, fields };
}

/** Converts the value of a success; a failure passes through. */
export function mapResult<T, U>(result: Result<T>, convert: (value: T) => U): Result<U> {
  return result.ok ? success(convert(result.value)) : result;
}
