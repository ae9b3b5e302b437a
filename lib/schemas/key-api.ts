import { z } from "zod";
import { accessLevels } from "@/lib/core/access/access-level";
import { namespaceTypes } from "@/lib/core/access/namespace";
import { defaultGraceSeconds } from "@/lib/core/keys/roll-plan";
import { futureMoment } from "./fields/moment";
import { generateKeyInput, keyVersion, rollKeyInput } from "./key";
import { allowedAddresses, rateLimit } from "./key-limits";

const { name, description, type, roles } = generateKeyInput.shape;

const addresses = allowedAddresses.optional();
const boundTo =
  "Addresses and CIDRs, IPv4 or IPv6, from which the key may be used; an empty list allows all. A key that is bound to addresses itself binds others to none beyond its own";
const rate = rateLimit.optional().meta({
  description: "How often the key may be used: so many requests in so many seconds. Null: no limit.",
});

const seenVersion = keyVersion.optional().meta({
  description: "The `version` of the key that this was decided on. If the key has another by now: 409.",
});

/** The body of `POST /v1/keys`. */
export const createKeyBody = z
  .strictObject({
    name,
    description: description.default(""),
    type: type.default("secret"),
    access_level: z.enum(accessLevels).meta({ description: "Strictly below that of the key that asks." }),
    namespace: z
      .strictObject({ type: z.enum(namespaceTypes), id: z.guid().toLowerCase() })
      .optional()
      .meta({ description: "The namespace of the key that asks, which is the default." }),
    roles: roles.meta({
      description: "Ids of roles. None means no permissions. The key that asks has to hold what they give.",
    }),
    expires_at: futureMoment
      .nullable()
      .default(null)
      .meta({
        type: ["string", "null"],
        format: "date-time",
        description:
          "Never changes. Null: never, if the key that asks never expires either. A key made with an access token ends no later than the token's family.",
      }),
    allowed_addresses: addresses.meta({ description: `${boundTo}, which are the default then.` }),
    rate_limit: rate,
  })
  .refine((input) => input.type === "secret" || input.access_level === "MEMBER", {
    path: ["access_level"],
    message: "A public key has the access level MEMBER",
  });

/** The body of `PATCH /v1/keys/{id}`. Omitted fields stay unchanged. */
export const updateKeyBody = z.strictObject({
  version: seenVersion,
  name: name.optional(),
  description: description.optional(),
  roles: roles.optional(),
  allowed_addresses: addresses.meta({ description: `${boundTo}.` }),
  rate_limit: rate,
});

/** The body of `POST /v1/keys/{id}/roll`. */
export const rollKeyBody = z
  .strictObject({
    version: seenVersion,
    grace_seconds: rollKeyInput.shape.graceSeconds.meta({
      description: `How long the old secret works on; never beyond the key's own expiry. ${defaultGraceSeconds} by default.`,
    }),
    supersede: z.boolean().optional().meta({
      description: "While a previous secret is in its grace: ends that one at once.",
    }),
    replace_unused: z.boolean().optional().meta({
      description:
        "While a previous secret is in its grace: replaces the current secret, which must never have been used. The previous one, which is in use, keeps its time.",
    }),
  })
  .refine((body) => !(body.supersede && body.replace_unused), {
    path: ["replace_unused"],
    message: "Choose one: supersede ends the previous secret, replace_unused keeps it",
  })
  .refine((body) => !(body.replace_unused && body.grace_seconds !== undefined), {
    path: ["grace_seconds"],
    message: "With replace_unused there is no new grace; the previous secret keeps its time",
  })
  .default({});

/** The body of `POST /v1/keys/{id}/end-grace`. */
export const endGraceBody = z.strictObject({ version: seenVersion }).default({});
