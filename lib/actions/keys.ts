"use server";

import { z } from "zod";
import type { Result } from "@/lib/core/result";
import {
  endGraceInput,
  generateKeyInput,
  keyActivityInput,
  keyIdInput,
  keyPowersInput,
  resumeKeyInput,
  rollKeyInput,
  updateKeyInput,
} from "@/lib/schemas/key";
import { keyFacetsInput } from "@/lib/schemas/key-list";
import { readKeyActivity as readActivityVerb } from "@/lib/services/audit/read-key-activity";
import { readKeyPowers as readPowersVerb } from "@/lib/services/audit/read-key-powers";
import { deleteKey as deleteVerb } from "@/lib/services/keys/delete-key";
import { endGrace as endGraceVerb } from "@/lib/services/keys/end-grace";
import { readKeyFacets as readFacetsVerb } from "@/lib/services/keys/filter/key-facets";
import { generateKey as generateVerb } from "@/lib/services/keys/generate-key";
import { pauseKey as pauseVerb, resumeKey as resumeVerb } from "@/lib/services/keys/pause-key";
import { readKeyImpact as readImpactVerb } from "@/lib/services/keys/read/key-impact";
import { keyOptions } from "@/lib/services/keys/read/key-options";
import type { KeyOptions } from "@/lib/services/keys/read/key-view";
import { readKeyRotation as readRotationVerb } from "@/lib/services/keys/read/usage/key-rotation";
import { rollKey as rollVerb } from "@/lib/services/keys/roll-key";
import { updateKey as updateVerb } from "@/lib/services/keys/update-key";
import { revokeWithReceipt } from "@/lib/services/receipts/revoke-with-receipt";
import { organizationChange, organizationRead } from "./action";

export const generateKey = organizationChange("keys.generate", generateKeyInput, generateVerb, ["token"]);
export const updateKey = organizationChange("keys.update", updateKeyInput, updateVerb);
export const rollKey = organizationChange("keys.roll", rollKeyInput, rollVerb, ["token"]);
export const endGrace = organizationChange("keys.end", endGraceInput, endGraceVerb);
export const pauseKey = organizationChange("keys.pause", keyIdInput, pauseVerb);
export const resumeKey = organizationChange("keys.resume", resumeKeyInput, resumeVerb);
export const revokeKey = organizationChange("keys.revoke", keyIdInput, revokeWithReceipt);
export const deleteKey = organizationChange("keys.remove", keyIdInput, deleteVerb);
export const readKeyFacets = organizationRead(keyFacetsInput, readFacetsVerb);
export const readKeyImpact = organizationRead(keyIdInput, readImpactVerb);
export const readKeyRotation = organizationRead(keyIdInput, readRotationVerb);
export const readKeyActivity = organizationRead(keyActivityInput, readActivityVerb);
export const readKeyPowers = organizationRead(keyPowersInput, readPowersVerb);

const readOptions = organizationRead(z.strictObject({}), keyOptions);

export async function readKeyOptions(organization: string): Promise<Result<KeyOptions>> {
  return readOptions(organization, {});
}
