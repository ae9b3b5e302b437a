"use server";

import { z } from "zod";
import type { Result } from "@/lib/core/result";
import {
  endGraceInput,
  generateKeyInput,
  keyIdInput,
  resumeKeyInput,
  rollKeyInput,
  updateKeyInput,
} from "@/lib/schemas/key";
import { deleteKey as deleteVerb } from "@/lib/services/keys/delete-key";
import { endGrace as endGraceVerb } from "@/lib/services/keys/end-grace";
import { generateKey as generateVerb } from "@/lib/services/keys/generate-key";
import { pauseKey as pauseVerb, resumeKey as resumeVerb } from "@/lib/services/keys/pause-key";
import { readKeyImpact as readImpactVerb } from "@/lib/services/keys/read/key-impact";
import { keyOptions } from "@/lib/services/keys/read/key-options";
import type { KeyOptions } from "@/lib/services/keys/read/key-view";
import { revokeKey as revokeVerb } from "@/lib/services/keys/revoke-key";
import { rollKey as rollVerb } from "@/lib/services/keys/roll-key";
import { updateKey as updateVerb } from "@/lib/services/keys/update-key";
import { organizationChange, organizationRead } from "./action";

export const generateKey = organizationChange("keys.generate", generateKeyInput, generateVerb, ["token"]);
export const updateKey = organizationChange("keys.update", updateKeyInput, updateVerb);
export const rollKey = organizationChange("keys.roll", rollKeyInput, rollVerb, ["token"]);
export const endGrace = organizationChange("keys.end", endGraceInput, endGraceVerb);
export const pauseKey = organizationChange("keys.pause", keyIdInput, pauseVerb);
export const resumeKey = organizationChange("keys.resume", resumeKeyInput, resumeVerb);
export const revokeKey = organizationChange("keys.revoke", keyIdInput, revokeVerb);
export const deleteKey = organizationChange("keys.remove", keyIdInput, deleteVerb);
export const readKeyImpact = organizationRead(keyIdInput, readImpactVerb);

const readOptions = organizationRead(z.strictObject({}), keyOptions);

export async function readKeyOptions(organization: string): Promise<Result<KeyOptions>> {
  return readOptions(organization, {});
}
