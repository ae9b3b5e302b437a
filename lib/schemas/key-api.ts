import { z } from "zod";
import { accessLevels } from "@/lib/core/access/access-level";
import { namespaceTypes } from "@/lib/core/access/namespace";
import { labelName, labelValueMaximum, maximumLabels } from "@/lib/core/keys/attributes/key-labels";
import { subjectMaximum } from "@/lib/core/keys/attributes/key-subject";
import { metadataMaximumBytes } from "@/lib/core/keys/key-metadata";
import { defaultGraceSeconds } from "@/lib/core/keys/roll-plan";
import { futureMoment, momentQuery } from "./fields/moment";
import { generateKeyInput, keyVersion, rollKeyInput } from "./key";
import { keyAttributes, writtenMetadata } from "./key-attributes";
import { allowedAddresses, rateLimit } from "./key-limits";

const { name, description, type, roles } = generateKeyInput.shape;

const addresses = allowedAddresses.optional();
const boundTo =
  "Addresses and CIDRs, IPv4 or IPv6, that the key may be used from; an empty list allows all. If the calling key has allowed addresses, these must lie within them";
const rate = rateLimit.optional().meta({
  description: "How often the key may be used: a number of requests in a number of seconds. Null: no limit.",
});

/** Shared by the create and update bodies. Null removes the current value. */
const attributes = {
  subject: keyAttributes.subject.meta({
    type: ["string", "null"],
    maxLength: subjectMaximum,
    description: `Your own id for whose key it is, which verification returns: at most ${subjectMaximum} characters. Stored exactly as sent, except that an empty string is stored as null; several keys may share one.`,
  }),
  metadata: writtenMetadata.optional().meta({
    type: ["object", "null"],
    additionalProperties: true,
    description: `A JSON object of at most ${metadataMaximumBytes} bytes, which verification returns exactly as it is written here: its spaces, the order of its names and the spelling of its numbers.`,
  }),
  labels: keyAttributes.labels.meta({
    type: ["object", "null"],
    maxProperties: maximumLabels,
    propertyNames: { type: "string", pattern: labelName.source },
    additionalProperties: { type: "string", maxLength: labelValueMaximum },
    description: `Names and values for people to find keys by; never part of a verification. Replaces all labels of the key. At most ${maximumLabels}: a name matches \`${labelName.source}\`, and a value has at most ${labelValueMaximum} characters.`,
  }),
};

const seenVersion = keyVersion.optional().meta({
  description:
    "The key's `version` that you read. If the key has another version by now, the response is 409.",
});

/** The body of `POST /v1/keys`. */
export const createKeyBody = z
  .strictObject({
    name,
    description: description.default(""),
    type: type.default("secret"),
    access_level: z.enum(accessLevels).meta({ description: "Strictly below the calling key's level." }),
    namespace: z
      .strictObject({ type: z.enum(namespaceTypes), id: z.guid().toLowerCase() })
      .optional()
      .meta({ description: "Must be the calling key's namespace, which is the default." }),
    roles: roles.meta({
      description:
        "Role ids. None means no permissions. The calling key has to hold every permission they grant.",
    }),
    expires_at: futureMoment
      .nullable()
      .default(null)
      .meta({
        type: ["string", "null"],
        format: "date-time",
        description:
          "Cannot be changed later. Required if the organization has `require_expiry`: without it the response is 400. Null: never expires, allowed only if the calling key has no expiry of its own; if the organization's maximum lifetime ends the calling key, the new key ends with it. A key created with an access token ends no later than the token's family.",
      }),
    allowed_addresses: addresses.meta({ description: `${boundTo}; they are the default then.` }),
    rate_limit: rate,
    ...attributes,
  })
  .refine((input) => input.type === "secret" || input.access_level === "MEMBER", {
    path: ["access_level"],
    message: "A public key has the access level MEMBER",
  });

const { type: _, ...imported } = createKeyBody.shape;

const keyToImport = z.strictObject({
  sha256: z
    .string()
    .regex(/^[0-9a-fA-F]{64}$/, "Send the token's SHA-256 as 64 hexadecimal digits")
    .toLowerCase()
    .meta({
      description:
        "SHA-256 of the token's bytes, as 64 hexadecimal digits of either case. Latchkey never learns the token.",
    }),
  ...imported,
});

/** The body of `POST /v1/keys/import`. */
export const importKeysBody = z.strictObject({
  keys: z
    .array(keyToImport)
    .min(1, "Send at least one key")
    .max(100, "Send at most 100 keys")
    .superRefine((keys, context) => {
      const first = new Map<string, number>();
      keys.forEach(({ sha256 }, index) => {
        const earlier = first.get(sha256);
        if (earlier === undefined) first.set(sha256, index);
        else {
          const message = `This is the same token as that of keys.${earlier}`;
          context.addIssue({ code: "custom", path: [index, "sha256"], message });
        }
      });
    }),
});

/** The body of `PATCH /v1/keys/{id}`. Omitted fields stay unchanged. */
export const updateKeyBody = z.strictObject({
  version: seenVersion,
  name: name.optional(),
  description: description.optional(),
  roles: roles.optional(),
  allowed_addresses: addresses.meta({ description: `${boundTo}.` }),
  rate_limit: rate,
  ...attributes,
});

/** The body of `POST /v1/keys/{id}/roll`. */
export const rollKeyBody = z
  .strictObject({
    version: seenVersion,
    grace_seconds: rollKeyInput.shape.graceSeconds.meta({
      description: `How long the previous secret keeps working; never beyond the key's own expiry. ${defaultGraceSeconds} by default.`,
    }),
    silent_hours: rollKeyInput.shape.silentHours.meta({
      description:
        "Ends the grace earlier: once the previous secret has not been presented for so many hours and the new one has. 1 to 167, and less than the grace, which is then the longest that the previous secret works.",
    }),
    supersede: z.boolean().optional().meta({
      description: "During a grace: ends the previous secret at once.",
    }),
    replace_unused: z.boolean().optional().meta({
      description:
        "During a grace: replaces the current secret, which must never have been used. The previous secret, which is in use, keeps its end.",
    }),
  })
  .refine((body) => !(body.supersede && body.replace_unused), {
    path: ["replace_unused"],
    message: "Choose one: supersede ends the previous secret, replace_unused keeps it",
  })
  .refine((body) => !(body.replace_unused && body.grace_seconds !== undefined), {
    path: ["grace_seconds"],
    message: "replace_unused takes no grace_seconds; the previous secret keeps its end",
  })
  .refine((body) => !(body.replace_unused && body.silent_hours !== undefined), {
    path: ["silent_hours"],
    message: "replace_unused takes no silent_hours; the previous secret keeps its end",
  })
  .default({});

/** The body of `POST /v1/keys/{id}/resume`. */
export const resumeKeyBody = z
  .strictObject({
    paused_at: momentQuery.optional().meta({
      type: "string",
      format: "date-time",
      description:
        "The pause that you read. If the key has been paused again since, the response is 409, and that pause stays.",
    }),
  })
  .default({});

/** The body of `POST /v1/keys/{id}/end-grace`. */
export const endGraceBody = z.strictObject({ version: seenVersion }).default({});
