"use server";

import type { z } from "zod";
import type { Result } from "@/lib/core/result";
import {
  changeGrantInput,
  giveGrantInput,
  grantCandidatesInput,
  grantConsequencesInput,
  takeGrantInput,
} from "@/lib/schemas/grant";
import { changeGrant as changeVerb } from "@/lib/services/grants/change-grant";
import { giveGrant as giveVerb } from "@/lib/services/grants/give-grant";
import type { GrantCandidates } from "@/lib/services/grants/grant-view";
import { listGrantCandidates as listCandidatesVerb } from "@/lib/services/grants/list-grant-candidates";
import { readGrantConsequences as readConsequencesVerb } from "@/lib/services/grants/read-grant-consequences";
import { takeGrant as takeVerb } from "@/lib/services/grants/take-grant";
import type { MemberConsequences } from "@/lib/services/members/member-view";
import { organizationAction } from "./action";
import { withFreshPage } from "./with-fresh-page";

const give = organizationAction("grants.give", giveGrantInput, giveVerb);
const change = organizationAction("grants.change", changeGrantInput, changeVerb);
const take = organizationAction("grants.take", takeGrantInput, takeVerb);
const readConsequences = organizationAction(
  "grants.readConsequences",
  grantConsequencesInput,
  readConsequencesVerb,
);
const listCandidates = organizationAction("grants.listCandidates", grantCandidatesInput, listCandidatesVerb);

export async function giveGrant(
  organization: string,
  input: z.input<typeof giveGrantInput>,
  requestId: string,
): Promise<Result<null>> {
  return withFreshPage(await give(organization, input, requestId));
}

export async function changeGrant(
  organization: string,
  input: z.input<typeof changeGrantInput>,
  requestId: string,
): Promise<Result<null>> {
  return withFreshPage(await change(organization, input, requestId));
}

export async function takeGrant(
  organization: string,
  input: z.input<typeof takeGrantInput>,
  requestId: string,
): Promise<Result<null>> {
  return withFreshPage(await take(organization, input, requestId));
}

export async function readGrantConsequences(
  organization: string,
  input: z.input<typeof grantConsequencesInput>,
): Promise<Result<MemberConsequences>> {
  return readConsequences(organization, input);
}

export async function listGrantCandidates(
  organization: string,
  input: z.input<typeof grantCandidatesInput>,
): Promise<Result<GrantCandidates>> {
  return listCandidates(organization, input);
}
