import { z } from "zod";
import { accessLevels } from "@/lib/core/access/access-level";
import { keyTypes } from "@/lib/core/access/effective-permissions";
import { namespaceTypes } from "@/lib/core/access/namespace";
import { mostLifetimeDays } from "@/lib/core/keys/effective-end";
import { maximumGraceSeconds } from "@/lib/core/keys/roll-plan";
import { mostSilentHours } from "@/lib/core/keys/rotation/grace-evidence";
import { momentQuery } from "./fields/moment";
import { plainText } from "./fields/plain-text";
import { keyAttributes } from "./key-attributes";
import { allowedAddresses, rateLimit } from "./key-limits";

const keyName = plainText({ label: "Name", minimum: 1, maximum: 100 });
const keyDescription = plainText({ label: "Description", minimum: 0, maximum: 500, lines: true });

/** The 16 characters of a key's id, without `key_`. */
export const keyId = z.string().regex(/^[0-9A-Za-z]{16}$/, "This is not a key ID");

const roleIds = z
  .array(z.string().regex(/^[a-z][a-z0-9_]{0,63}$/, "This is not a role id"))
  .max(50, "A key carries at most 50 roles")
  .transform((ids) => [...new Set(ids)]);

/** The input of the dialog "Generate New Key". The verb checks that the expiry is in the future. */
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
        z.date().max(new Date("9999-12-31T00:00:00Z"), "This is too far in the future; choose never instead"),
        z.strictObject({ days: z.int().min(1).max(mostLifetimeDays) }),
      ])
      .nullable(),
    allowedAddresses: allowedAddresses.optional(),
    rateLimit: rateLimit.optional(),
    ...keyAttributes,
  })
  .refine((input) => input.type === "secret" || input.accessLevel === "MEMBER", {
    path: ["accessLevel"],
    message: "A public key has the access level Member",
  });
export type GenerateKeyInput = z.infer<typeof generateKeyInput>;

/** The version of the key that the caller saw before the change. */
export const keyVersion = z.int().min(1);

/** Omitted fields stay unchanged. */
export const updateKeyInput = z.strictObject({
  keyId,
  version: keyVersion,
  name: keyName.optional(),
  description: keyDescription.optional(),
  roles: roleIds.optional(),
  allowedAddresses: allowedAddresses.optional(),
  rateLimit: rateLimit.optional(),
  ...keyAttributes,
});

/** The options of a roll, in the dashboard and the API. */
const rollOptions = {
  graceSeconds: z.int().min(0).max(maximumGraceSeconds).optional(),
  /** Ends the grace early: once the previous secret has been unused for this many hours and the new one is in use. */
  silentHours: z.int().min(1).max(mostSilentHours).optional(),
  supersede: z.boolean().optional(),
  replaceUnused: z.boolean().optional(),
};

/** The input of a roll in the dashboard, which requires the version that the person saw. */
export const rollKeyInput = z
  .strictObject({ keyId, version: keyVersion, ...rollOptions })
  .refine((input) => !(input.supersede && input.replaceUnused), {
    path: ["replaceUnused"],
    message: "Replace the new secret or end the previous one, not both",
  });

/** Programs may omit the version; the verb then tells a repeated roll from a new one. */
export type RollKeyInput = Omit<z.infer<typeof rollKeyInput>, "version"> & {
  readonly version?: number | undefined;
};

export const endGraceInput = z.strictObject({ keyId, version: keyVersion });
export type EndGraceInput = Omit<z.infer<typeof endGraceInput>, "version"> & {
  readonly version?: number | undefined;
};

/** `pausedAt` is the pause that the person saw. */
export const resumeKeyInput = z.strictObject({ keyId, pausedAt: z.date().optional() });
export type ResumeKeyInput = z.infer<typeof resumeKeyInput>;

export const keyIdInput = z.strictObject({ keyId });

/** Asks what a key could do at a moment in the past. */
export const keyPowersInput = z.strictObject({ keyId, at: momentQuery });

/** `after` is the sequence number of the last entry on the previous page. */
export const keyActivityInput = z.strictObject({
  keyId,
  after: z
    .int()
    .min(1)
    .max(2 ** 31 - 1)
    .nullable(),
});
