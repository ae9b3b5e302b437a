"use server";

import { deleteKeyViewInput, renameKeyViewInput, saveKeyViewInput } from "@/lib/schemas/views/key-views";
import {
  deleteKeyView as deleteVerb,
  renameKeyView as renameVerb,
  saveKeyView as saveVerb,
} from "@/lib/services/keys/views/change-key-views";
import { organizationChange } from "./action";

export const saveKeyView = organizationChange("key-views.save", saveKeyViewInput, saveVerb);
export const renameKeyView = organizationChange("key-views.rename", renameKeyViewInput, renameVerb);
export const deleteKeyView = organizationChange("key-views.remove", deleteKeyViewInput, deleteVerb);
