/**
 * The OAuth endpoints' errors with their HTTP status: RFC 6749, 5.2; RFC 7009, 2.2.1; for bearer tokens RFC 6750, 3.1;
 * and from RFC 6749, 4.1.2.1, `access_denied` for acting on behalf of a user and `temporarily_unavailable`.
 */
export const oauthErrorStatus = {
  invalid_request: 400,
  invalid_client: 401,
  invalid_token: 401,
  invalid_grant: 400,
  unauthorized_client: 400,
  unsupported_grant_type: 400,
  invalid_scope: 400,
  access_denied: 400,
  unsupported_token_type: 400,
  temporarily_unavailable: 400,
} as const;

export type OAuthErrorCode = keyof typeof oauthErrorStatus;

/** What each error means, for the API's documentation. */
export const oauthErrorMeaning: Record<OAuthErrorCode, string> = {
  invalid_request: "The request is malformed, repeats or lacks a parameter, or carries two credentials.",
  invalid_client: "The client did not authenticate, or its key or secret is unknown or has ended.",
  invalid_token: "The key or access token presented as Bearer is not valid.",
  invalid_grant:
    "The refresh token is unknown, expired, revoked, already used, or belongs to another client.",
  unauthorized_client: "The key may not be exchanged for tokens.",
  unsupported_grant_type: "The grant type is neither client_credentials nor refresh_token.",
  invalid_scope: "The scope is malformed, or names a permission that cannot be granted.",
  access_denied: "The key may not act for this user.",
  unsupported_token_type: "This is an API key's token. Revoke the key at its own endpoint.",
  temporarily_unavailable: "The key was exchanged too often, and all of those tokens are in use.",
};

export type OAuthFailure = {
  readonly ok: false;
  readonly error: OAuthErrorCode;
  /** One sentence for the client's developer. Never contains a token. */
  readonly description: string;
};

/** Like Result, in OAuth's terms. */
export type OAuthResult<T> = { readonly ok: true; readonly value: T } | OAuthFailure;

export function oauthFailure(error: OAuthErrorCode, description: string): OAuthFailure {
  return { ok: false, error, description };
}
