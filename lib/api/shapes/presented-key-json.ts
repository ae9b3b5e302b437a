import { z } from "zod";
import { accessLevels } from "@/lib/core/access/access-level";
import type { Limit } from "@/lib/core/access/effective-permissions";
import { keyTypes } from "@/lib/core/access/effective-permissions";
import { namespaceTypes } from "@/lib/core/access/namespace";
import { expirySetters } from "@/lib/core/keys/effective-end";
import type { KeySnapshot } from "@/lib/core/keys/verdict";
import { describeKey } from "@/lib/core/keys/verification";
import type { Immutable } from "../operate/immutable";
import { exampleOwner, ownerFields } from "./owner-json";

const permissions = z.array(z.string());

const limitSchema = z
  .union([
    z.strictObject({ by: z.literal("key_type"), permissions }),
    z.strictObject({ by: z.literal("access_level"), level: z.enum(accessLevels), permissions }),
    z.strictObject({
      by: z.literal("creator"),
      level: z.enum(accessLevels).nullable().meta({
        description: "The creator's current level in the key's namespace; null if they no longer have one.",
      }),
      permissions,
    }),
  ])
  .meta({ id: "Limit", description: "Permissions that the key's roles name but something removes." });

export const namespaceJson = z
  .strictObject({ type: z.enum(namespaceTypes), id: z.uuid() })
  .meta({ id: "Namespace", description: "The one namespace that a key belongs to and reaches." });

export const publicKeyId = z
  .string()
  .regex(/^key_[0-9A-Za-z]{16}$/)
  .meta({ description: "The key's id, which is not secret.", examples: ["key_0123456789abcdEF"] });

export const expirySetBy = z.enum(expirySetters).nullable().meta({
  description:
    "What sets `expires_at`: `key`, its own expiry, or `policy`, the organization's maximum lifetime. Null: it never expires, or it is an access token, which ends by itself.",
});

/** The fields of a presented key. */
export const keyStateFields = {
  key_id: publicKeyId,
  name: z.string(),
  ...ownerFields,
  type: z.enum(keyTypes),
  organization_id: z.uuid(),
  namespace: namespaceJson,
  access_level: z.enum(accessLevels),
  roles: z.array(z.string()).meta({ description: "The ids of its roles." }),
  permissions: permissions.meta({ description: "The effective permissions right now." }),
  expires_at: z.iso.datetime().nullable().meta({
    description:
      "When it ends: at its own expiry or at the organization's maximum lifetime, whichever comes first. Null: never.",
  }),
  expiry_set_by: expirySetBy,
  secret: z.enum(["current", "previous"]).meta({
    description: "Which secret was presented: after a roll the previous one still works for a while.",
  }),
  limited_by: z.array(limitSchema),
};
const keyState = z.strictObject(keyStateFields);

/** A key and its current access, as `GET /v1/me` and `POST /v1/keys/verify` return it. */
export function keyJson(
  key: KeySnapshot,
  state: {
    readonly secret: "current" | "previous";
    readonly permissions: readonly string[];
    readonly limits: readonly Limit[];
  },
): Immutable<z.input<typeof keyState>> {
  return describeKey(key, state);
}

export const exampleKeyState = {
  key_id: "key_0123456789abcdEF",
  name: "Billing",
  ...exampleOwner,
  type: "secret",
  organization_id: "01932f6e-8f3c-7d52-9c3e-5a4b7f0e2d11",
  namespace: { type: "organization", id: "01932f6e-8f3c-7d52-9c3e-5a4b7f0e2d11" },
  access_level: "MEMBER",
  roles: ["read_only"],
  permissions: ["applications:read", "organizations:read"],
  expires_at: null,
  expiry_set_by: null,
  secret: "current",
  limited_by: [{ by: "access_level", level: "MEMBER", permissions: ["audit:read"] }],
} as const;
