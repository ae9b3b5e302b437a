/**
 * Why there is no verdict:
 * - `unavailable`: Latchkey did not answer in time, or answered that it cannot;
 * - `rate_limited`: this service asks more often than Latchkey lets it;
 * - `refused`: Latchkey refuses this service's own key;
 * - `invalid_request`: what was asked is not a question, such as a permission that is not `resource:action`;
 * - `closed`: `close()` was called.
 */
export type LatchkeyErrorCode = "unavailable" | "rate_limited" | "refused" | "invalid_request" | "closed";

/**
 * That a verification gave no verdict. It says nothing of the key that was presented and holds no token, and
 * who meets it must not let the request through.
 */
export class LatchkeyError extends Error {
  override readonly name = "LatchkeyError";
  readonly code: LatchkeyErrorCode;
  /** When the same may be asked again, where Latchkey said so. */
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
