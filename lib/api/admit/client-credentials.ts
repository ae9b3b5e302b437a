import type { OAuthResult } from "@/lib/core/oauth-error";
import { oauthFailure } from "@/lib/core/oauth-error";
import type { ClientCredentials } from "@/lib/services/tokens/authenticate-client";
import type { RequestHead } from "../http/exchange";
import { isForeign } from "./authenticate-request";
import { isRepeated } from "./credential";

/** RFC 7617, 2. Scheme names are case-insensitive. */
const basic = /^basic(?: +([A-Za-z0-9+/=_-]*))?$/i;
const utf8 = new TextDecoder("utf-8", { fatal: true });

/** The form fields that authenticate the client. */
export type ClientFields = {
  readonly client_id?: string | undefined;
  readonly client_secret?: string | undefined;
};

/** The client's id and secret, from the Authorization header or the body, never from both. (RFC 6749, 2.3.1) */
export function clientCredentials(
  request: RequestHead,
  { client_id, client_secret }: ClientFields,
): OAuthResult<ClientCredentials> {
  const { authorization, origin } = request.headers;
  if (isForeign(origin)) {
    return oauthFailure(
      "invalid_request",
      "A client's secret was sent from a web page, where anyone can read it. Roll this key.",
    );
  }
  if (isRepeated(request, "authorization")) return twice;
  if (authorization === undefined) {
    if (client_id === undefined || client_secret === undefined) {
      return oauthFailure(
        "invalid_client",
        "Authenticate the client: send its id and secret with Basic, or as client_id and client_secret.",
      );
    }
    return { ok: true, value: { id: client_id, secret: client_secret } };
  }
  const credentials = readBasic(authorization.trim());
  if (credentials === null) {
    return oauthFailure(
      "invalid_client",
      "The Authorization header must be Basic with the client's form-encoded id and secret.",
    );
  }
  // RFC 6749, 2.3: one method per request. Some clients repeat their id in the body, which is accepted.
  if (client_secret !== undefined || (client_id ?? credentials.id) !== credentials.id) return twice;
  return { ok: true, value: credentials };
}

const twice = oauthFailure("invalid_request", "The request carries more than one credential. Send one.");

/** Decodes the base64 of id and secret, each form-encoded, with a colon between them. Null if it is invalid. */
function readBasic(authorization: string): ClientCredentials | null {
  const encoded = basic.exec(authorization)?.[1];
  if (encoded === undefined) return null;
  // A small buffer is part of Node's shared pool, which is never freed, so its bytes are cleared after use.
  const bytes = Buffer.from(encoded, "base64");
  try {
    const text = utf8.decode(bytes);
    const colon = text.indexOf(":");
    if (colon === -1) return null;
    return { id: formDecode(text.slice(0, colon)), secret: formDecode(text.slice(colon + 1)) };
  } catch {
    return null;
  } finally {
    bytes.fill(0);
  }
}

/** RFC 6749, appendix B. @throws URIError for an invalid percent escape */
function formDecode(text: string): string {
  return decodeURIComponent(text.replaceAll("+", " "));
}
