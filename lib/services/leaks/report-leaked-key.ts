import { formatKeyId } from "@/lib/core/keys/key-id";
import type { Result } from "@/lib/core/result";
import { success } from "@/lib/core/result";
import type { ReportLeakInput } from "@/lib/schemas/leaks";
import type { Origin } from "@/lib/services/access/context";
import { addressSubject } from "@/lib/services/throttle/address-subject";
import { refuseTooMany } from "@/lib/services/throttle/refuse-too-many";
import type { Throttle } from "@/lib/services/throttle/throttle";
import { parseToken } from "@/lib/token/format";
import { reportLeaks } from "./report-leaks";

/** Generous, since somebody may have found a file full of keys. */
const fromAddress: Throttle = { name: "leak-report:address", attempts: 60, windowMs: 15 * 60 * 1000 };

/**
 * The key that the report revoked or, if its organization prefers that, paused. Null for every text except the token of
 * a working secret key, without further distinction.
 */
export type ReportedLeak = { readonly keyId: string | null; readonly isPaused: boolean };

/**
 * Takes a report from anybody who found a token, without signing in. Whoever has a working secret may end it; nobody
 * learns anything about other tokens.
 */
export async function reportLeakedKey(
  { token }: ReportLeakInput,
  origin: Origin,
): Promise<Result<ReportedLeak>> {
  const subject = addressSubject(origin.address);
  const refusal = await refuseTooMany(
    fromAddress,
    subject,
    origin.at,
    "Too many reports came from your address.",
  );
  if (refusal !== null) return refusal;
  const { ended, paused } = await reportLeaks([{ token, url: "", source: "" }], "A leak report", origin);
  const isPaused = paused.has(token);
  const keyId = ended.has(token) || isPaused ? parseToken(token)?.keyId : undefined;
  return success({ keyId: keyId === undefined ? null : formatKeyId(keyId), isPaused });
}
