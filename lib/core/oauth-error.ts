/**
 * What the OAuth endpoints refuse, with the HTTP status of each: RFC 6749, 5.2, RFC 7009, 2.2.1, and
 * `access_denied` of RFC 6749, 4.1.2.1, which no grant there needs and acting for a user does. [B8]
 */
export const oauthErrorStatus = {
  invalid_request: 400,
  invalid_client: 401,
  invalid_grant: 400,
  unauthorized_client: 400,
  unsupported_grant_type: 400,
  invalid_scope: 400,
  access_denied: 400,
  unsupported_token_type: 400,
} as const;

export type OAuthErrorCode = keyof typeof oauthErrorStatus;

export type OAuthFailure = {
  readonly ok: false;
  readonly error: OAuthErrorCode;
  /** One sentence for whoever writes the client. Never holds a token. */
  readonly description: string;
};

/** As Result, in the words that a client of OAuth expects. */
export type OAuthResult<T> = { readonly ok: true; readonly value: T } | OAuthFailure;

export function oauthFailure(error: OAuthErrorCode, description: string): OAuthFailure {
  return { ok: false, error, description };
}
