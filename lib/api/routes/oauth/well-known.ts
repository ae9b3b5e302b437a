import { z } from "zod";
import { openOperation } from "@/lib/api/operate/operation";
import { builtInPermissions } from "@/lib/core/access/permission";
import { success } from "@/lib/core/result";
import { publishedKeysSeconds } from "@/lib/core/signing-plan";
import { env } from "@/lib/env";
import { accessTokenAlgorithm, publicSigningKey } from "@/lib/schemas/access-token";
import { readKeySet } from "@/lib/services/tokens/read-key-set";

const authentication = z.array(z.enum(["client_secret_basic", "client_secret_post"]));
const authenticationMethods = ["client_secret_basic", "client_secret_post"] as const;

const metadata = z
  .strictObject({
    issuer: z.url(),
    token_endpoint: z.url(),
    jwks_uri: z.url(),
    introspection_endpoint: z.url(),
    revocation_endpoint: z.url(),
    service_documentation: z.url(),
    scopes_supported: z.array(z.string()),
    response_types_supported: z.array(z.string()).max(0),
    grant_types_supported: z.array(z.enum(["client_credentials", "refresh_token"])),
    token_endpoint_auth_methods_supported: authentication,
    introspection_endpoint_auth_methods_supported: z.array(z.string()),
    revocation_endpoint_auth_methods_supported: authentication,
  })
  .meta({ id: "AuthorizationServerMetadata" });

export const readMetadata = openOperation({
  method: "get",
  path: "/.well-known/oauth-authorization-server",
  operationId: "readAuthorizationServerMetadata",
  summary: "The authorization server's metadata",
  description: "Lets OAuth clients discover the endpoints. (RFC 8414)",
  tag: "Tokens",
  reach: "any-origin",
  answer: {
    description: "The endpoints and what they support.",
    schema: metadata,
    example: metadataOf("https://keys.example.com"),
    cacheSeconds: 3600,
  },
  handle: () => success(metadataOf(env().appUrl)),
});

function metadataOf(issuer: string) {
  return {
    issuer,
    token_endpoint: `${issuer}/v1/oauth/token`,
    jwks_uri: `${issuer}/.well-known/jwks.json`,
    introspection_endpoint: `${issuer}/v1/oauth/introspect`,
    revocation_endpoint: `${issuer}/v1/oauth/revoke`,
    service_documentation: `${issuer}/docs`,
    scopes_supported: builtInPermissions,
    // Empty, since there is no authorization endpoint.
    response_types_supported: [],
    grant_types_supported: ["client_credentials", "refresh_token"],
    token_endpoint_auth_methods_supported: authenticationMethods,
    introspection_endpoint_auth_methods_supported: [...authenticationMethods, "Bearer"],
    revocation_endpoint_auth_methods_supported: authenticationMethods,
  } as const;
}

const jwk = z.strictObject({
  ...publicSigningKey.shape,
  kid: z.string(),
  use: z.literal("sig"),
  alg: z.literal(accessTokenAlgorithm),
});

export const readJwks = openOperation({
  method: "get",
  path: "/.well-known/jwks.json",
  operationId: "readKeySet",
  summary: "The keys that sign access tokens",
  description:
    "For services that check access tokens offline. All organizations of a server have the same issuer, audience and keys: compare the claim `organization` with your own, or another organization's tokens pass. Such a service learns of a revocation only when the token expires, so use `/v1/oauth/introspect` where that matters. A new key is published here before it signs. (RFC 7517)",
  tag: "Tokens",
  reach: "any-origin",
  answer: {
    description: "The public keys, newest first.",
    schema: z.strictObject({ keys: z.array(jwk) }).meta({ id: "KeySet" }),
    cacheSeconds: publishedKeysSeconds,
    example: {
      keys: [
        {
          kty: "EC",
          crv: "P-256",
          x: "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
          y: "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
          kid: "oKIywvGUpTVTyxMQ3bwIIeQUudfr_CkLMjCE19ECD-U",
          use: "sig",
          alg: accessTokenAlgorithm,
        },
      ],
    },
  },
  handle: async ({ facts }) => success(await readKeySet(facts.at)),
});
