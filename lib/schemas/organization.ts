import { z } from "zod";
import { accessLevels } from "@/lib/core/access/access-level";
import { organizationName } from "./account";

export const updateOrganizationInput = z.strictObject({
  name: organizationName,
  keyCreators: z.enum(accessLevels, "Choose who may create API keys"),
  /** What the form showed before. Only fields that differ from it change. */
  seen: z.strictObject({ name: z.string().max(200), keyCreators: z.enum(accessLevels) }).optional(),
});
export type UpdateOrganizationInput = z.infer<typeof updateOrganizationInput>;

export const foundOrganizationInput = z.strictObject({
  name: organizationName,
  /** Created with the form. It tells a form sent twice from a new one. */
  submission: z.uuid("Reload the page and try again"),
});
export type FoundOrganizationInput = z.infer<typeof foundOrganizationInput>;
