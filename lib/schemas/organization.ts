import { z } from "zod";
import { accessLevels } from "@/lib/core/access-level";
import { organizationName } from "./account";

export const updateOrganizationInput = z.strictObject({
  name: organizationName,
  keyCreators: z.enum(accessLevels, "Choose who may create API keys"),
});
export type UpdateOrganizationInput = z.infer<typeof updateOrganizationInput>;
