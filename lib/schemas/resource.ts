import { z } from "zod";
import { resourceTypes } from "@/lib/core/access/resource";
import { plainText } from "./fields/plain-text";
import { impactPage, listInput } from "./list";

const type = z.enum(resourceTypes);
export const resourceName = plainText({ label: "Name", minimum: 1, maximum: 80 });
/** The application that a workspace or user group belongs to; null for none. */
const applicationId = z.uuid("This is not an application").nullable();

export const resource = z.strictObject({ type, id: z.uuid("There is nothing with this id") });

/** A list of one kind of resource under one parent, from its page's URL. */
export const resourceListInput = listInput.extend({ type, applicationId });
export type ResourceListInput = z.infer<typeof resourceListInput>;

export const createResourceInput = z
  .strictObject({ type, applicationId, name: resourceName })
  .refine((input) => input.type !== "workspace" || input.applicationId !== null, {
    path: ["applicationId"],
    message: "A workspace belongs to an application",
  })
  .refine((input) => input.type !== "application" || input.applicationId === null, {
    path: ["applicationId"],
    message: "An application cannot belong to another one",
  });
export type CreateResourceInput = z.infer<typeof createResourceInput>;

export const renameResourceInput = z.strictObject({
  resource,
  name: resourceName,
  /** The values that the form was filled with. */
  seen: z.strictObject({ name: z.string().max(200) }).optional(),
});
export type RenameResourceInput = z.infer<typeof renameResourceInput>;

export const resourceInput = z.strictObject({ resource });
export type ResourceInput = z.infer<typeof resourceInput>;

export const resourceDeletionInput = z.strictObject({ resource, page: impactPage });

export const deleteResourceInput = z.strictObject({
  resource,
  /** How many live keys the dialog said would end. */
  keyTotal: z.int().min(0),
});
export type DeleteResourceInput = z.infer<typeof deleteResourceInput>;
