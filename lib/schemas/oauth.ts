import { z } from "zod";
import { email } from "./account";
import { ipAddress } from "./verify-key";

/** Client credentials in the body, for clients that do not use the Authorization header. */
const clientFields = {
  client_id: z
    .string()
    .max(100)
    .optional()
    .meta({ description: "The key's id, if it does not authenticate with Basic." }),
  client_secret: z.string().max(200).optional().meta({ description: "The key's token, likewise." }),
};

/** The body of `POST /v1/oauth/token`. Unknown parameters are ignored, as the RFC requires. (RFC 6749, 3.2) */
export const tokenForm = z
  .object({
    grant_type: z
      .string("grant_type is required")
      .max(200)
      .meta({ description: "`client_credentials` or `refresh_token`.", examples: ["client_credentials"] }),
    scope: z
      .string()
      .max(10_000)
      .optional()
      .meta({ description: "Permissions separated by spaces, a subset of the key's. Default: all." }),
    user: z.string().max(254).optional().meta({
      description:
        "For `client_credentials`: the id or email of the user that the tokens act for. Refused with `access_denied` if the key's level is above theirs.",
    }),
    refresh_token: z.string().max(200).optional().meta({ description: "For `refresh_token`: the token." }),
    ...clientFields,
  })
  .meta({ id: "TokenRequest" });
export type TokenForm = z.infer<typeof tokenForm>;

/** The body of `POST /v1/oauth/revoke`, and of `/v1/oauth/introspect` in part. (RFC 7009, 2.1; RFC 7662, 2.1) */
export const oneTokenForm = z
  .object({
    token: z.string("token is required").max(20_000),
    token_type_hint: z
      .string()
      .max(200)
      .optional()
      .meta({ description: "Not needed: the type can be told from the token itself." }),
    ...clientFields,
  })
  .meta({ id: "OneTokenRequest" });

/**
 * The body of `POST /v1/oauth/introspect`. RFC 7662, 2.1, allows further parameters, and gives the address of the
 * client that presented the token as an example.
 */
export const introspectForm = oneTokenForm
  .extend({
    ip: ipAddress.optional().meta({ description: "The address that the token was presented from." }),
  })
  .meta({ id: "IntrospectionRequest" });

const scopePattern = /^[\x21\x23-\x5b\x5d-\x7e]+(?: [\x21\x23-\x5b\x5d-\x7e]+)*$/;

/** The permissions that a scope names; null when it is not a valid scope. (RFC 6749, 3.3) */
export function parseScope(scope: string): string[] | null {
  return scopePattern.test(scope) ? scope.split(" ") : null;
}

const userId = z.guid().toLowerCase();

/** The user that an id or an email names; null when it is neither. */
export function parseUserName(user: string): { readonly id: string } | { readonly email: string } | null {
  const id = userId.safeParse(user);
  if (id.success) return { id: id.data };
  const address = email.safeParse(user);
  return address.success ? { email: address.data } : null;
}
