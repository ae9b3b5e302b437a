"use server";

import type { z } from "zod";
import type { Result } from "@/lib/core/result";
import {
  createRoleInput,
  deleteRoleInput,
  previewRoleChangeInput,
  updateRoleInput,
} from "@/lib/schemas/role";
import { createRole as createVerb } from "@/lib/services/roles/create-role";
import { deleteRole as deleteVerb } from "@/lib/services/roles/delete-role";
import { previewRoleChange as previewVerb } from "@/lib/services/roles/preview-role-change";
import type { RoleChangePreview } from "@/lib/services/roles/role-view";
import { updateRole as updateVerb } from "@/lib/services/roles/update-role";
import { organizationAction } from "./action";
import { withFreshPage } from "./with-fresh-page";

const create = organizationAction("roles.create", createRoleInput, createVerb);
const update = organizationAction("roles.update", updateRoleInput, updateVerb);
const remove = organizationAction("roles.remove", deleteRoleInput, deleteVerb);
const preview = organizationAction("roles.preview", previewRoleChangeInput, previewVerb);

export async function createRole(
  organization: string,
  input: z.input<typeof createRoleInput>,
  requestId: string,
): Promise<Result<null>> {
  return withFreshPage(await create(organization, input, requestId));
}

export async function updateRole(
  organization: string,
  input: z.input<typeof updateRoleInput>,
  requestId: string,
): Promise<Result<null>> {
  return withFreshPage(await update(organization, input, requestId));
}

export async function deleteRole(
  organization: string,
  input: z.input<typeof deleteRoleInput>,
  requestId: string,
): Promise<Result<null>> {
  return withFreshPage(await remove(organization, input, requestId));
}

export async function previewRoleChange(
  organization: string,
  input: z.input<typeof previewRoleChangeInput>,
): Promise<Result<RoleChangePreview>> {
  return preview(organization, input);
}
