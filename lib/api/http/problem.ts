import { errorStatus, errorTitles } from "@/lib/core/error";
import type { Failure } from "@/lib/core/result";
import { failure } from "@/lib/core/result";

/** A failure as sent over HTTP, with the details that only HTTP needs. */
export type Refusal = Failure & {
  /** Overrides the code's own status. */
  readonly status?: number;
  /** The methods that the path supports. */
  readonly allow?: readonly string[];
  /** A better credential would not help, so no challenge is sent. */
  readonly withoutChallenge?: true;
  /** How long to wait before retrying. */
  readonly retryAfterSeconds?: number;
  /** Part of the request's body was not read, so the connection has to be closed. */
  readonly bodyIsUnread?: true;
};

export type Problem = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

export function methodNotAllowed(allow: readonly string[]): Refusal {
  return { ...failure("method_not_allowed", `This address accepts ${allow.join(", ")}.`), allow };
}

/**
 * Maps a failure to an RFC 9457 document and, on 401 and 403, the challenge of RFC 6750, section 3. It contains nothing
 * from the request except its id.
 */
export function problem(refusal: Refusal, about: { appUrl: string; requestId: string }): Problem {
  const { code, detail, fields } = refusal;
  const status = refusal.status ?? errorStatus[code];
  const body = JSON.stringify({
    type: `${about.appUrl}/docs/errors#${code}`,
    title: errorTitles[code],
    status,
    detail,
    code,
    request_id: about.requestId,
    ...(fields === undefined ? {} : { errors: fields }),
  });
  const challenge = challengeOf(refusal);
  const headers = {
    "Content-Type": "application/problem+json",
    "Content-Length": String(Buffer.byteLength(body)),
    "Cache-Control": "no-store",
    ...(challenge === null ? {} : { "WWW-Authenticate": challenge }),
    ...(refusal.retryAfterSeconds === undefined ? {} : { "Retry-After": String(refusal.retryAfterSeconds) }),
    ...(refusal.allow === undefined ? {} : { Allow: refusal.allow.join(", ") }),
  };
  return { status, headers, body };
}

const realm = 'Bearer realm="latchkey"';

function challengeOf({ code, detail, withoutChallenge }: Refusal): string | null {
  if (withoutChallenge) return null;
  switch (code) {
    // RFC 6750, 3.1: a request without a credential gets no error code.
    case "key_missing":
    case "signed_out":
      return realm;
    case "key_malformed":
    case "key_unknown":
    case "key_expired":
    case "key_paused":
    case "key_rolled":
    case "key_revoked":
      return `${realm}, error="invalid_token", error_description="${quotable(detail)}"`;
    case "forbidden":
      return `${realm}, error="insufficient_scope", error_description="${quotable(detail)}"`;
    case "reauthentication_required":
    case "not_found":
    case "method_not_allowed":
    case "conflict":
    case "roll_in_progress":
    case "too_large":
    case "unsupported_media_type":
    case "invalid_request":
    case "rate_limited":
    case "internal":
    case "unavailable":
      return null;
  }
}

/** Keeps the characters that RFC 6750 allows inside quotes, and RFC 6749 in an `error_description`. */
export function quotable(text: string): string {
  return text.replace(/[^\x20\x21\x23-\x5b\x5d-\x7e]/g, "");
}
