"use server";

import { z } from "zod";
import type { Result } from "@/lib/core/result";
import { endGraceInput, generateKeyInput, keyIdInput, rollKeyInput, updateKeyInput } from "@/lib/schemas/key";
import { deleteKey as deleteVerb } from "@/lib/services/keys/delete-key";
import { endGrace as endGraceVerb } from "@/lib/services/keys/end-grace";
import { generateKey as generateVerb } from "@/lib/services/keys/generate-key";
import { readKeyImpact as readImpactVerb } from "@/lib/services/keys/read/key-impact";
import { keyOptions } from "@/lib/services/keys/read/key-options";
import type { KeyImpact, KeyOptions, RevealedKey, RolledKey } from "@/lib/services/keys/read/key-view";
import { revokeKey as revokeVerb } from "@/lib/services/keys/revoke-key";
import { rollKey as rollVerb } from "@/lib/services/keys/roll-key";
import { updateKey as updateVerb } from "@/lib/services/keys/update-key";
import type { Answered } from "./action";
import { organizationAction } from "./action";
import { withFreshPage } from "./with-fresh-page";

const generate = organizationAction("keys.generate", generateKeyInput, generateVerb, ["token"]);
const update = organizationAction("keys.update", updateKeyInput, updateVerb);
const roll = organizationAction("keys.roll", rollKeyInput, rollVerb, ["token"]);
const end = organizationAction("keys.end", endGraceInput, endGraceVerb);
const revoke = organizationAction("keys.revoke", keyIdInput, revokeVerb);
const remove = organizationAction("keys.remove", keyIdInput, deleteVerb);
const readImpact = organizationAction("keys.readImpact", keyIdInput, readImpactVerb);
const readOptions = organizationAction("keys.readOptions", z.strictObject({}), keyOptions);

export async function generateKey(
  organization: string,
  input: z.input<typeof generateKeyInput>,
  requestId: string,
): Promise<Result<Answered<RevealedKey, "token">>> {
  return withFreshPage(await generate(organization, input, requestId));
}

export async function updateKey(
  organization: string,
  input: z.input<typeof updateKeyInput>,
  requestId: string,
): Promise<Result<null>> {
  return withFreshPage(await update(organization, input, requestId));
}

export async function rollKey(
  organization: string,
  input: z.input<typeof rollKeyInput>,
  requestId: string,
): Promise<Result<Answered<RolledKey, "token">>> {
  return withFreshPage(await roll(organization, input, requestId));
}

export async function endGrace(
  organization: string,
  input: z.input<typeof endGraceInput>,
  requestId: string,
): Promise<Result<null>> {
  return withFreshPage(await end(organization, input, requestId));
}

export async function revokeKey(
  organization: string,
  input: z.input<typeof keyIdInput>,
  requestId: string,
): Promise<Result<null>> {
  return withFreshPage(await revoke(organization, input, requestId));
}

export async function deleteKey(
  organization: string,
  input: z.input<typeof keyIdInput>,
  requestId: string,
): Promise<Result<null>> {
  return withFreshPage(await remove(organization, input, requestId));
}

export async function readKeyImpact(
  organization: string,
  input: z.input<typeof keyIdInput>,
): Promise<Result<KeyImpact>> {
  return readImpact(organization, input);
}

export async function readKeyOptions(organization: string): Promise<Result<KeyOptions>> {
  return readOptions(organization, {});
}
