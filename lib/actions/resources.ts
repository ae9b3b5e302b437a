"use server";

import type { z } from "zod";
import type { Result } from "@/lib/core/result";
import { success } from "@/lib/core/result";
import {
  createResourceInput,
  deleteResourceInput,
  renameResourceInput,
  resourceInput,
} from "@/lib/schemas/resource";
import { createResource as createVerb } from "@/lib/services/resources/create-resource";
import { deleteResource as deleteVerb } from "@/lib/services/resources/delete-resource";
import { readResourceDeletion as readDeletionVerb } from "@/lib/services/resources/read-resource-deletion";
import { renameResource as renameVerb } from "@/lib/services/resources/rename-resource";
import type { ResourceDeletion } from "@/lib/services/resources/resource-view";
import { organizationAction } from "./action";
import { withFreshPage } from "./with-fresh-page";

const create = organizationAction("resources.create", createResourceInput, createVerb);
const rename = organizationAction("resources.rename", renameResourceInput, async (context, input) => {
  const renamed = await renameVerb(context, input);
  return renamed.ok ? success({ name: renamed.value.name }) : renamed;
});
const remove = organizationAction("resources.remove", deleteResourceInput, deleteVerb);
const readDeletion = organizationAction("resources.readDeletion", resourceInput, readDeletionVerb);

export async function createResource(
  organization: string,
  input: z.input<typeof createResourceInput>,
  requestId: string,
): Promise<Result<{ id: string }>> {
  return withFreshPage(await create(organization, input, requestId));
}

export async function renameResource(
  organization: string,
  input: z.input<typeof renameResourceInput>,
  requestId: string,
): Promise<Result<{ name: string }>> {
  return withFreshPage(await rename(organization, input, requestId));
}

export async function deleteResource(
  organization: string,
  input: z.input<typeof deleteResourceInput>,
  requestId: string,
): Promise<Result<null>> {
  return withFreshPage(await remove(organization, input, requestId));
}

export async function readResourceDeletion(
  organization: string,
  input: z.input<typeof resourceInput>,
): Promise<Result<ResourceDeletion>> {
  return readDeletion(organization, input);
}
