"use server";

import {
  createRoleInput,
  deleteRoleInput,
  previewRoleChangeInput,
  updateRoleInput,
} from "@/lib/schemas/role";
import { createRole as createVerb } from "@/lib/services/roles/create-role";
import { deleteRole as deleteVerb } from "@/lib/services/roles/delete-role";
import { previewRoleChange as previewVerb } from "@/lib/services/roles/preview-role-change";
import { updateRole as updateVerb } from "@/lib/services/roles/update-role";
import { organizationChange, organizationRead } from "./action";

export const createRole = organizationChange("roles.create", createRoleInput, createVerb);
export const updateRole = organizationChange("roles.update", updateRoleInput, updateVerb);
export const deleteRole = organizationChange("roles.remove", deleteRoleInput, deleteVerb);
export const previewRoleChange = organizationRead(previewRoleChangeInput, previewVerb);
