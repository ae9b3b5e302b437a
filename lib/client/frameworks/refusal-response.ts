import { randomUUID } from "node:crypto";
import { errorStatus, errorTitles } from "@/lib/core/error";
import type { Refusal } from "../decide";

export type RefusalResponse = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

export type ProblemOptions = {
  /** Where your API documents its errors: `type` is this address, `#` and the code. `about:blank` by default. */
  readonly errorsUrl?: string | undefined;
};

const saneRequestId = /^[A-Za-z0-9._-]{1,128}$/;

/** A refusal as an RFC 9457 document, with the same members as in Latchkey's own API. */
export function refusalResponse(
  refusal: Refusal,
  givenRequestId: string | undefined,
  { errorsUrl }: ProblemOptions,
): RefusalResponse {
  const { code, detail, challenge, retryAfterSeconds } = refusal;
  const status = errorStatus[code];
  const requestId =
    givenRequestId !== undefined && saneRequestId.test(givenRequestId) ? givenRequestId : randomUUID();
  const body = JSON.stringify({
    type: errorsUrl === undefined ? "about:blank" : `${errorsUrl}#${code}`,
    title: errorTitles[code],
    status,
    detail,
    code,
    request_id: requestId,
  });
  const headers: Record<string, string> = {
    "Content-Type": "application/problem+json",
    "Content-Length": String(Buffer.byteLength(body)),
    "Cache-Control": "no-store",
    "X-Request-Id": requestId,
  };
  if (challenge !== undefined) headers["WWW-Authenticate"] = quotable(challenge);
  if (retryAfterSeconds !== undefined)
    headers["Retry-After"] = String(Math.max(1, Math.ceil(retryAfterSeconds)));
  return { status, headers, body };
}

/** Keeps only printable ASCII, which RFC 9110 allows in a field value. */
function quotable(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, "");
}
