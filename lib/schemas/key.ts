import { z } from "zod";
import { accessLevels } from "@/lib/core/access-level";
import { keyTypes } from "@/lib/core/effective-permissions";
import { lifeDays } from "@/lib/core/key-expiry";
import { namespaceTypes } from "@/lib/core/namespace";
import { defaultGraceSeconds, maximumGraceSeconds } from "@/lib/core/roll-plan";
import { allowedAddresses, rateLimit } from "./key-limits";
import { plainText } from "./plain-text";

const keyName = plainText({ label: "Name", minimum: 1, maximum: 100 });
const keyDescription = plainText({ label: "Description", minimum: 0, maximum: 500, lines: true });

/** The 16 characters of a key's id, without `key_`. */
export const keyId = z.string().regex(/^[0-9A-Za-z]{16}$/, "This is not a key id");

const roleIds = z
  .array(z.string().regex(/^[a-z][a-z0-9_]{0,63}$/, "This is not a role id"))
  .max(50, "A key carries at most 50 roles")
  .transform((ids) => [...new Set(ids)]);

/** What the dialog "Generate New Key" sends. Whether the expiry is in the future is the verb's to say. */
export const generateKeyInput = z
  .strictObject({
    name: keyName,
    description: keyDescription,
    type: z.enum(keyTypes),
    accessLevel: z.enum(accessLevels),
    namespace: z.strictObject({ type: z.enum(namespaceTypes), id: z.uuid() }),
    roles: roleIds,
    expiresAt: z
      .union([
        z.date().max(new Date("9999-12-31T00:00:00Z"), "This is too far away; choose never instead"),
        z.strictObject({ days: z.literal(lifeDays) }),
      ])
      .nullable(),
    allowedAddresses: allowedAddresses.optional(),
    rateLimit: rateLimit.optional(),
  })
  .refine((input) => input.type === "secret" || input.accessLevel === "MEMBER", {
    path: ["accessLevel"],
    message: "A public key has the access level MEMBER",
  });
export type GenerateKeyInput = z.infer<typeof generateKeyInput>;

/** Limits that are not named stay as they are. */
export const updateKeyInput = z.strictObject({
  keyId,
  name: keyName,
  description: keyDescription,
  allowedAddresses: allowedAddresses.optional(),
  rateLimit: rateLimit.optional(),
});

export const rollKeyInput = z.strictObject({
  keyId,
  graceSeconds: z.int().min(0).max(maximumGraceSeconds).default(defaultGraceSeconds),
  /** The version of the secret that the person saw and means to replace. */
  secretVersion: z.int().min(1),
});
export type RollKeyInput = z.infer<typeof rollKeyInput>;

export const keyIdInput = z.strictObject({ keyId });
