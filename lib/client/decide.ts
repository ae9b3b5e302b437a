import { isIP } from "node:net";
import type { ErrorCode } from "@/lib/core/error";
import { expiredText } from "@/lib/core/keys/expired-text";
import type { Demand, Latchkey } from "./latchkey";
import { LatchkeyError } from "./latchkey-error";
import type { ValidVerification, Verification } from "./verification";

/** What a request presents in its headers. Several headers of one name are joined by commas. */
export type Presented = {
  readonly authorization: string | undefined;
  readonly apiKey: string | undefined;
  /** The address that the request comes from. */
  readonly address: string | undefined;
};

export type Refusal = {
  readonly code: ErrorCode;
  readonly detail: string;
  /** The WWW-Authenticate challenge (RFC 6750, 3); absent where a better credential would not help. */
  readonly challenge?: string;
  readonly retryAfterSeconds?: number | undefined;
};

export type Decision =
  | { readonly ok: true; readonly verification: ValidVerification }
  | { readonly ok: false; readonly refusal: Refusal };

/** Decides whether to let a request in, or how to refuse it. Whatever goes wrong, only a valid verdict lets it in. */
export async function decide(
  latchkey: Pick<Latchkey, "verify">,
  presented: Presented,
  demand: Omit<Demand, "ip">,
): Promise<Decision> {
  const token = presentedToken(presented);
  if (typeof token !== "string") return { ok: false, refusal: token };
  try {
    const verification = await latchkey.verify(token, { ...demand, ip: plainAddress(presented.address) });
    if (verification.valid) return { ok: true, verification };
    return { ok: false, refusal: refusalOf(verification, demand) };
  } catch (error) {
    if (!(error instanceof LatchkeyError)) throw error;
    // The service's client cannot fix a problem between the service and Latchkey.
    const retryAfterSeconds = error.retryAfterSeconds ?? 1;
    const detail = "The API key could not be verified. Try again.";
    return { ok: false, refusal: { code: "unavailable", detail, retryAfterSeconds } };
  }
}

/**
 * Normalizes an address as Latchkey does: without a zone, and IPv4 for IPv4-mapped IPv6. Undefined if it is not an
 * address.
 */
function plainAddress(address: string | undefined): string | undefined {
  const plain = address?.split("%", 1)[0]?.replace(/^::ffff:(?=\d+\.)/i, "") ?? "";
  return isIP(plain) === 0 ? undefined : plain;
}

/** RFC 6750, 2.1. Scheme names are case-insensitive (RFC 9110, 11.1). */
const bearer = /^bearer(?: (.*))?$/i;

function presentedToken({ authorization, apiKey }: Presented): string | Refusal {
  const first = bearer.exec(authorization?.trim() ?? "")?.[1]?.trim() || undefined;
  const second = apiKey?.trim() || undefined;
  if (first !== undefined && second !== undefined && first !== second) return ambiguous;
  return first ?? second ?? missing;
}

const realm = 'Bearer realm="api"';

const missing: Refusal = {
  code: "key_missing",
  detail: "Send an API key as Authorization: Bearer <token>, or in X-API-Key.",
  // RFC 6750, 3.1: a request without a credential gets no error code.
  challenge: realm,
};

export const ambiguous: Refusal = {
  code: "invalid_request",
  detail: "The request carries more than one credential. Send one.",
  challenge: `${realm}, error="invalid_request"`,
};

function refusalOf(verification: Exclude<Verification, ValidVerification>, demand: Demand): Refusal {
  switch (verification.code) {
    case "MALFORMED":
      return invalidToken("key_malformed", "This token is malformed. Check that you copied all of it.");
    case "UNKNOWN":
      return invalidToken("key_unknown", "There is no key with this token.");
    case "EXPIRED":
      return invalidToken("key_expired", expiredText(verification.expires_at, verification.expiry_set_by));
    case "PAUSED":
      return invalidToken("key_paused", "This key is paused.");
    case "ROLLED":
      return invalidToken("key_rolled", "This secret was rolled out. Use the key's new one.");
    case "REVOKED":
      return invalidToken("key_revoked", "This key was revoked.");
    case "WRONG_NAMESPACE":
      return insufficientScope("This key belongs to another namespace.");
    case "INSUFFICIENT_PERMISSIONS": {
      const needed = demand.permissions ?? [];
      return insufficientScope(`This needs the permissions ${needed.join(", ")}.`, needed);
    }
    case "FORBIDDEN_IP":
      return { code: "forbidden", detail: "This key may not be used from this address." };
    case "RATE_LIMITED":
      return {
        code: "rate_limited",
        detail: "This key exceeded its rate limit.",
        retryAfterSeconds: verification.rate_limit?.retry_after_seconds,
      };
    default:
      // A newer Latchkey may refuse with codes that this version does not know.
      return invalidToken("key_unknown", "This key is not valid.");
  }
}

function invalidToken(code: ErrorCode, detail: string): Refusal {
  return { code, detail, challenge: `${realm}, error="invalid_token", error_description="${detail}"` };
}

function insufficientScope(detail: string, scope: readonly string[] = []): Refusal {
  const named = scope.length === 0 ? "" : `, scope="${scope.join(" ")}"`;
  const challenge = `${realm}, error="insufficient_scope", error_description="${detail}"${named}`;
  return { code: "forbidden", detail, challenge };
}
