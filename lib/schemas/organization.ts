import { z } from "zod";
import { accessLevels } from "@/lib/core/access-level";
import { organizationName } from "./account";

export const updateOrganizationInput = z.strictObject({
  name: organizationName,
  keyCreators: z.enum(accessLevels, "Choose who may create API keys"),
});
export type UpdateOrganizationInput = z.infer<typeof updateOrganizationInput>;

export const foundOrganizationInput = z.strictObject({
  name: organizationName,
  /** Made with the form: what tells the same form sent again from another one. */
  submission: z.uuid("Reload the page and try again"),
});
export type FoundOrganizationInput = z.infer<typeof foundOrganizationInput>;
