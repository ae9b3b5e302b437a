import type { IncomingMessage } from "node:http";
import type { OAuthResult } from "@/lib/core/oauth-error";
import { oauthFailure } from "@/lib/core/oauth-error";
import { isMediaType } from "./media-type";

const utf8 = new TextDecoder("utf-8", { fatal: true });

/**
 * Parses a form. A parameter without a value counts as omitted; a repeated one makes the request invalid. (RFC 6749,
 * 3.2)
 */
export function readForm(
  { headers }: IncomingMessage,
  body: Buffer,
): OAuthResult<Readonly<Record<string, string>>> {
  const { "content-type": contentType, "content-encoding": encoding = "identity" } = headers;
  if (
    !isMediaType(contentType, "application/x-www-form-urlencoded") ||
    encoding.toLowerCase() !== "identity"
  ) {
    return oauthFailure(
      "invalid_request",
      "Send the body as application/x-www-form-urlencoded, in UTF-8, not compressed.",
    );
  }
  let text: string;
  try {
    text = utf8.decode(body);
  } catch {
    return oauthFailure("invalid_request", "The body is not UTF-8.");
  }
  const parameters = new URLSearchParams(text);
  if (new Set(parameters.keys()).size < parameters.size) {
    return oauthFailure("invalid_request", "A parameter appears in the body more than once.");
  }
  return { ok: true, value: Object.fromEntries([...parameters].filter(([, value]) => value !== "")) };
}
