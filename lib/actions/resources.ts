"use server";

import { success } from "@/lib/core/result";
import {
  createResourceInput,
  deleteResourceInput,
  renameResourceInput,
  resourceDeletionInput,
} from "@/lib/schemas/resource";
import { createResource as createVerb } from "@/lib/services/resources/create-resource";
import { deleteResource as deleteVerb } from "@/lib/services/resources/delete-resource";
import { readResourceDeletion as readDeletionVerb } from "@/lib/services/resources/read-resource-deletion";
import { renameResource as renameVerb } from "@/lib/services/resources/rename-resource";
import { organizationChange, organizationRead } from "./action";

export const createResource = organizationChange("resources.create", createResourceInput, createVerb);
export const renameResource = organizationChange(
  "resources.rename",
  renameResourceInput,
  async (context, input) => {
    const renamed = await renameVerb(context, input);
    return renamed.ok ? success({ name: renamed.value.name }) : renamed;
  },
);
export const deleteResource = organizationChange("resources.remove", deleteResourceInput, deleteVerb);
export const readResourceDeletion = organizationRead(resourceDeletionInput, readDeletionVerb);
