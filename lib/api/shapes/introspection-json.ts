import { z } from "zod";
import { accessLevels } from "@/lib/core/access/access-level";
import { effectiveEnd } from "@/lib/core/keys/effective-end";
import { formatKeyId } from "@/lib/core/keys/key-id";
import { env } from "@/lib/env";
import { actingLevel } from "@/lib/services/access/key-context";
import type { Introspected } from "@/lib/services/tokens/introspect-token";
import type { AuthenticatedKey } from "@/lib/verify/verdict/authenticated-key";
import type { Immutable } from "../operate/immutable";
import { exampleOwner, ownerFields } from "./owner-json";
import { namespaceJson, publicKeyId } from "./presented-key-json";

const inactive = z.strictObject({ active: z.literal(false) });

/** RFC 7662, 2.2, with our access tokens' private claims. */
const active = z.strictObject({
  active: z.literal(true),
  scope: z.string().optional().meta({
    description: "What it may do right now, separated by spaces. Absent for a refresh token.",
  }),
  client_id: publicKeyId,
  username: z.email().optional().meta({ description: "The email of the user it acts for." }),
  token_type: z.literal("Bearer").optional().meta({ description: "Absent for a refresh token." }),
  exp: z.int().optional().meta({ description: "Absent for a key that never expires." }),
  iat: z.int().optional(),
  sub: z.string().meta({ description: "The user it acts for, otherwise the key." }),
  aud: z.string().optional(),
  iss: z.string(),
  jti: z.uuid().optional(),
  organization: z.uuid(),
  namespace: namespaceJson.optional(),
  access_level: z.enum(accessLevels),
  subject: ownerFields.subject.optional(),
  metadata: ownerFields.metadata.optional(),
  family: z
    .uuid()
    .optional()
    .meta({ description: "Identifies all tokens from one exchange; they end together." }),
});

export const introspectionAnswer = z.union([active, inactive]).meta({ id: "Introspection" });
type Answer = Immutable<z.input<typeof introspectionAnswer>>;

export function introspectionJson(found: Introspected | null): Answer {
  if (found === null) return { active: false };
  return found.kind === "credential" ? credentialJson(found.authenticated) : refreshTokenJson(found);
}

function credentialJson(authenticated: AuthenticatedKey): Answer {
  const { key, permissions, accessToken } = authenticated;
  const expiresAt = accessToken?.expiresAt ?? effectiveEnd(key);
  const keyId = formatKeyId(key.id);
  const { user = null } = accessToken ?? {};
  const token =
    accessToken === null
      ? {}
      : {
          iat: seconds(accessToken.issuedAt),
          aud: env().appUrl,
          jti: accessToken.id,
          family: accessToken.family.id,
        };
  return {
    active: true,
    scope: permissions.join(" "),
    client_id: keyId,
    ...(user === null ? {} : { username: user.email }),
    token_type: "Bearer",
    ...(expiresAt === null ? {} : { exp: seconds(expiresAt) }),
    sub: user?.id ?? keyId,
    iss: env().appUrl,
    organization: key.organizationId,
    namespace: { type: key.namespace.type, id: key.namespace.id },
    access_level: actingLevel(authenticated),
    subject: key.subject,
    metadata: key.metadata,
    ...token,
  };
}

function refreshTokenJson({ family }: Extract<Introspected, { kind: "refresh" }>): Answer {
  const keyId = formatKeyId(family.keyId);
  return {
    active: true,
    client_id: keyId,
    exp: seconds(family.expiresAt),
    iat: seconds(family.createdAt),
    sub: family.userId ?? keyId,
    iss: env().appUrl,
    organization: family.organizationId,
    access_level: family.accessLevel,
    family: family.id,
  };
}

function seconds(at: Date): number {
  return Math.floor(at.getTime() / 1000);
}

export const exampleIntrospection = {
  active: true,
  scope: "applications:read",
  client_id: "key_0123456789abcdEF",
  token_type: "Bearer",
  exp: 1795253400,
  iat: 1795252500,
  sub: "key_0123456789abcdEF",
  aud: "https://keys.example.com",
  iss: "https://keys.example.com",
  jti: "0f7a4c0e-52a1-4b55-9d3c-1f0e7f1c2d3b",
  organization: "01932f6e-8f3c-7d52-9c3e-5a4b7f0e2d11",
  namespace: { type: "organization", id: "01932f6e-8f3c-7d52-9c3e-5a4b7f0e2d11" },
  access_level: "MEMBER",
  ...exampleOwner,
  family: "01932f6e-8f3c-7d52-9c3e-5a4b7f0e2d12",
} as const;
