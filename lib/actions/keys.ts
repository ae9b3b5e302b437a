"use server";

import { z } from "zod";
import type { Result } from "@/lib/core/result";
import { endGraceInput, generateKeyInput, keyIdInput, rollKeyInput, updateKeyInput } from "@/lib/schemas/key";
import { deleteKey as deleteVerb } from "@/lib/services/keys/delete-key";
import { endGrace as endGraceVerb } from "@/lib/services/keys/end-grace";
import { generateKey as generateVerb } from "@/lib/services/keys/generate-key";
import { readKeyImpact as readImpactVerb } from "@/lib/services/keys/key-impact";
import { keyOptions } from "@/lib/services/keys/key-options";
import type { KeyImpact, KeyOptions, RevealedKey, RolledKey } from "@/lib/services/keys/key-view";
import { revokeKey as revokeVerb } from "@/lib/services/keys/revoke-key";
import { rollKey as rollVerb } from "@/lib/services/keys/roll-key";
import { updateKey as updateVerb } from "@/lib/services/keys/update-key";
import { organizationAction } from "./action";
import { withFreshPage } from "./with-fresh-page";

const generate = organizationAction(generateKeyInput, generateVerb);
const update = organizationAction(updateKeyInput, updateVerb);
const roll = organizationAction(rollKeyInput, rollVerb);
const end = organizationAction(endGraceInput, endGraceVerb);
const revoke = organizationAction(keyIdInput, revokeVerb);
const remove = organizationAction(keyIdInput, deleteVerb);
const readImpact = organizationAction(keyIdInput, readImpactVerb);
const readOptions = organizationAction(z.strictObject({}), keyOptions);

export async function generateKey(
  organization: string,
  input: z.input<typeof generateKeyInput>,
): Promise<Result<RevealedKey>> {
  return withFreshPage(await generate(organization, input));
}

export async function updateKey(
  organization: string,
  input: z.input<typeof updateKeyInput>,
): Promise<Result<null>> {
  return withFreshPage(await update(organization, input));
}

export async function rollKey(
  organization: string,
  input: z.input<typeof rollKeyInput>,
): Promise<Result<RolledKey>> {
  return withFreshPage(await roll(organization, input));
}

export async function endGrace(
  organization: string,
  input: z.input<typeof endGraceInput>,
): Promise<Result<null>> {
  return withFreshPage(await end(organization, input));
}

export async function revokeKey(
  organization: string,
  input: z.input<typeof keyIdInput>,
): Promise<Result<null>> {
  return withFreshPage(await revoke(organization, input));
}

export async function deleteKey(
  organization: string,
  input: z.input<typeof keyIdInput>,
): Promise<Result<null>> {
  return withFreshPage(await remove(organization, input));
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
