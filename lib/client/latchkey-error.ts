/**
 * Why there is no verdict:
 * - `unavailable`: Latchkey did not answer in time, or could not answer;
 * - `rate_limited`: this service sends more requests than Latchkey allows;
 * - `refused`: Latchkey rejects this service's own key, or speaks another version of the key stream;
 * - `invalid_request`: the request is invalid, for example a permission that is not `resource:action`;
 * - `closed`: `close()` was called.
 */
export type LatchkeyErrorCode = "unavailable" | "rate_limited" | "refused" | "invalid_request" | "closed";

/**
 * A verification that gave no verdict. It says nothing about the presented key and contains no token. Code that catches
 * it must not let the request through.
 */
export class LatchkeyError extends Error {
  override readonly name = "LatchkeyError";
  readonly code: LatchkeyErrorCode;
  /** When to try again, if Latchkey said so. */
  readonly retryAfterSeconds: number | undefined;

  constructor(
    code: LatchkeyErrorCode,
    message: string,
    more: { readonly retryAfterSeconds?: number | undefined; readonly cause?: unknown } = {},
  ) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause });
    this.code = code;
    this.retryAfterSeconds = more.retryAfterSeconds;
  }
}
