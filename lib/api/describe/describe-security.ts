import type { Operation } from "../operate/operation";

/** The kinds of credentials, by their names in the OpenAPI document. */
export const securitySchemes = {
  secretKey: {
    type: "http",
    scheme: "bearer",
    bearerFormat: "lk_sk_...",
    description:
      "The token of a secret key as `Authorization: Bearer lk_sk_...`; an organization can have a prefix of its own in place of `lk`. For servers; refused when sent from a web page.",
  },
  publicKey: {
    type: "http",
    scheme: "bearer",
    bearerFormat: "lk_pk_...",
    description:
      "The token of a public key as `Authorization: Bearer lk_pk_...`. An identifier, safe in a browser or an app; it holds a few read-only permissions.",
  },
  accessToken: {
    type: "http",
    scheme: "bearer",
    bearerFormat: "JWT",
    description: "An access token obtained with a key, valid for 15 minutes.",
  },
  apiKey: {
    type: "apiKey",
    in: "header",
    name: "X-API-Key",
    description: "The token of a secret or public key, in a separate header.",
  },
  client: {
    type: "http",
    scheme: "basic",
    description:
      "A secret key as an OAuth client: its id as client id, its token as client secret, both form-encoded (RFC 6749, 2.3.1). Instead of the header, the body may carry `client_id` and `client_secret`.",
  },
} as const;

type SchemeName = keyof typeof securitySchemes;

/** The alternatives for authenticating; empty if no credential is needed. */
export function acceptedCredentials({
  credential,
  reach,
}: Operation): Partial<Record<SchemeName, never[]>>[] {
  if (credential === "none") return [];
  if (credential === "presented key") return [{ secretKey: [] }, { publicKey: [] }, { apiKey: [] }];
  if (credential === "client") return [{ client: [] }];
  if (credential === "client or key") {
    return [{ client: [] }, { secretKey: [] }, { accessToken: [] }, { apiKey: [] }];
  }
  return [
    { secretKey: [] },
    { accessToken: [] },
    ...(reach === "any-origin" ? [{ publicKey: [] }] : []),
    { apiKey: [] },
  ];
}
