import { z } from "zod";
import { accessLevels } from "@/lib/core/access/access-level";
import { leastRetentionDays, mostRetentionDays } from "@/lib/core/audit/audit-retention";
import { mostLifetimeDays } from "@/lib/core/keys/effective-end";
import { isReservedTokenPrefix, tokenPrefixPattern } from "@/lib/core/keys/token-prefix";
import { organizationName } from "./account";

const lifetimeRange = `Enter 1 to ${mostLifetimeDays} days, or leave it empty`;

/** The prefix of an organization's new tokens. */
export const tokenPrefix = z
  .string("A token prefix is text, or null")
  .trim()
  .regex(tokenPrefixPattern, "Use 2 to 16 lowercase letters and digits, the first one a letter")
  .refine((prefix) => !isReservedTokenPrefix(prefix), "This prefix is reserved. Choose another");

/** In days. */
export const maximumLifetimeDays = z
  .int("Enter a whole number of days")
  .min(1, lifetimeRange)
  .max(mostLifetimeDays, lifetimeRange);

const retentionRange = `Keep the audit log for ${leastRetentionDays} to ${mostRetentionDays} days, or forever`;

/** In days. */
export const auditRetentionDays = z
  .int("Enter a whole number of days")
  .min(leastRetentionDays, retentionRange)
  .max(mostRetentionDays, retentionRange);

export const previewRetentionInput = z.strictObject({ days: auditRetentionDays });
export const changeRetentionInput = z.strictObject({
  days: auditRetentionDays.nullable(),
  /** The value that the dialog showed before the change. */
  seen: z.int().nullable(),
});

/** A form field's text; empty means no maximum. */
const typedLifetime = z
  .string()
  .trim()
  .regex(/^\d*$/, "Enter a whole number of days")
  .transform((text) => (text === "" ? null : Number(text)))
  .pipe(maximumLifetimeDays.nullable());

/** A checkbox's form value. */
const ticked = z.enum(["on", ""]).transform((text) => text === "on");

export const updateOrganizationInput = z.strictObject({
  name: organizationName,
  keyCreators: z.enum(accessLevels, "Choose who may create API keys"),
  tokenPrefix: z
    .literal("")
    .transform(() => null)
    .or(tokenPrefix)
    .optional(),
  requireExpiry: ticked.optional(),
  maximumLifetimeDays: typedLifetime.optional(),
  pauseLeakedKeys: ticked.optional(),
  /** How many keys the preview said would end: at once, and soon. */
  shown: z
    .strictObject({
      maximumLifetimeDays,
      at: z.coerce.date(),
      now: z.coerce.number(),
      soon: z.coerce.number(),
    })
    .optional(),
  /** The values that the form was filled with. Only fields that differ from them change. */
  seen: z
    .strictObject({
      name: z.string().max(200),
      keyCreators: z.enum(accessLevels),
      tokenPrefix: z
        .string()
        .max(16)
        .transform((prefix) => prefix || null)
        .optional(),
      requireExpiry: ticked.optional(),
      maximumLifetimeDays: typedLifetime.optional(),
      pauseLeakedKeys: ticked.optional(),
    })
    .optional(),
});
export type UpdateOrganizationInput = z.infer<typeof updateOrganizationInput>;

export const foundOrganizationInput = z.strictObject({
  name: organizationName,
  /** A random id created with the form, so that a form submitted twice creates one organization. */
  submission: z.uuid("Reload the page and try again"),
});
export type FoundOrganizationInput = z.infer<typeof foundOrganizationInput>;
