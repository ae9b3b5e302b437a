import { z } from "zod";
import { accessLevels } from "@/lib/core/access/access-level";
import { isReservedTokenPrefix, tokenPrefixPattern } from "@/lib/core/keys/token-prefix";
import { organizationName } from "./account";

/** What an organization's new tokens start with. */
export const tokenPrefix = z
  .string("A token prefix is text, or null")
  .trim()
  .regex(tokenPrefixPattern, "Use 2 to 16 lowercase letters and digits, the first one a letter")
  .refine((prefix) => !isReservedTokenPrefix(prefix), "This prefix is reserved: it stands for other tokens");

export const updateOrganizationInput = z.strictObject({
  name: organizationName,
  keyCreators: z.enum(accessLevels, "Choose who may create API keys"),
  tokenPrefix: z
    .literal("")
    .transform(() => null)
    .or(tokenPrefix)
    .optional(),
  /** What the form showed before. Only fields that differ from it change. */
  seen: z
    .strictObject({
      name: z.string().max(200),
      keyCreators: z.enum(accessLevels),
      tokenPrefix: z
        .string()
        .max(16)
        .transform((prefix) => prefix || null)
        .optional(),
    })
    .optional(),
});
export type UpdateOrganizationInput = z.infer<typeof updateOrganizationInput>;

export const foundOrganizationInput = z.strictObject({
  name: organizationName,
  /** Created with the form. It tells a form sent twice from a new one. */
  submission: z.uuid("Reload the page and try again"),
});
export type FoundOrganizationInput = z.infer<typeof foundOrganizationInput>;
