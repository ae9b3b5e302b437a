import { z } from "zod";
import { accessLevels } from "@/lib/core/access/access-level";
import { keyTypes } from "@/lib/core/access/effective-permissions";
import { formatKeyId, parseKeyId } from "@/lib/core/keys/key-id";
import { keyStatuses, revocationReasons } from "@/lib/core/keys/key-status";
import { readMetadata } from "@/lib/core/keys/read-metadata";
import { keyVersion } from "@/lib/schemas/key";
import type { KeyOfKey } from "@/lib/services/keys/read/keys-of-key";
import { exampleOwner, ownerFields } from "./owner-json";
import { expirySetBy, namespaceJson, publicKeyId } from "./presented-key-json";
import { writeJson } from "./write-json";

const time = z.iso.datetime();

const rateLimitJson = z
  .strictObject({ requests: z.int(), seconds: z.int() })
  .meta({ id: "RateLimit", description: "A number of requests in a number of seconds." });

/** A key, as lists and reads return it. */
export const apiKeyJson = z
  .strictObject({
    id: publicKeyId,
    version: keyVersion.meta({
      description:
        "Increases with every edit, roll and end-grace. Send it with a change to make sure the change applies to what you read.",
    }),
    name: z.string(),
    description: z.string(),
    ...ownerFields,
    labels: z
      .record(z.string(), z.string())
      .meta({ description: "For people to find keys by; never part of a verification." }),
    type: z.enum(keyTypes),
    access_level: z.enum(accessLevels),
    namespace: namespaceJson,
    roles: z.array(z.string()).meta({ description: "The ids of its roles." }),
    status: z.enum(keyStatuses).meta({
      description:
        "`rolling`: a previous secret still works for a while. `paused`: it works again when it is resumed.",
    }),
    revocation_reason: z.enum(revocationReasons).nullable(),
    imported: z.boolean().meta({
      description: "Its current token comes from another system. Rolling replaces it with a Latchkey token.",
    }),
    created_by: z
      .strictObject({ id: z.uuid(), name: z.string(), email: z.string() })
      .meta({ description: "The key's access never exceeds theirs." }),
    created_by_key_id: publicKeyId.nullable().meta({ description: "The key that created it." }),
    created_at: time,
    last_used_at: time.nullable(),
    expires_at: time.nullable().meta({
      description:
        "When it ends: at its own expiry or at the organization's maximum lifetime, whichever comes first. Null: never.",
    }),
    expiry_set_by: expirySetBy,
    own_expires_at: time.nullable().meta({
      description: "The expiry that it was created with, which never changes. Null: none.",
    }),
    allowed_addresses: z
      .array(z.string())
      .meta({ description: "The CIDRs that it may be used from; empty: from everywhere." }),
    rate_limit: rateLimitJson.nullable().meta({ description: "Null: no limit." }),
    paused_at: time.nullable().meta({
      description:
        "When it was paused. A key that is revoked or expires while it is paused keeps it. Else null.",
    }),
    revoked_at: time.nullable(),
    previous_secret_ends_at: time.nullable(),
    public_token: z.string().nullable().meta({
      description:
        "The token of a public key, which is not a secret. Null for a secret key, whose token is not stored.",
    }),
  })
  .meta({ id: "ApiKey" });

export const exampleApiKey = {
  id: "key_0123456789abcdEF",
  version: 1,
  name: "Billing",
  description: "",
  ...exampleOwner,
  labels: { team: "billing" },
  type: "secret",
  access_level: "MEMBER",
  namespace: { type: "organization", id: "01932f6e-8f3c-7d52-9c3e-5a4b7f0e2d11" },
  roles: ["read_only"],
  status: "active",
  revocation_reason: null,
  imported: false,
  created_by: { id: "01932f6e-8f3c-7d52-9c3e-5a4b7f0e2d14", name: "Ana", email: "ana@example.com" },
  created_by_key_id: null,
  created_at: "2026-11-21T09:30:00.000Z",
  last_used_at: null,
  expires_at: null,
  expiry_set_by: null,
  own_expires_at: null,
  allowed_addresses: ["203.0.113.0/24"],
  rate_limit: { requests: 100, seconds: 60 },
  paused_at: null,
  revoked_at: null,
  previous_secret_ends_at: null,
  public_token: null,
} as const;

export function apiKeyToJson(key: KeyOfKey) {
  return writeJson(apiKeyJson, {
    ...key,
    id: formatKeyId(key.id),
    createdByKeyId: key.createdByKeyId && formatKeyId(key.createdByKeyId),
    previousSecretEndsAt: key.graceEndsAt,
    metadata: readMetadata(key.metadata),
  });
}

/** The path parameter of a key. */
export const keyIds = z.strictObject({ id: publicKeyId });

/** The key id of a path. The schema has already checked it. */
export function keyIdIn({ id }: { readonly id: string }): string {
  return parseKeyId(id) ?? "";
}
