"use server";

import {
  changeGrantInput,
  giveGrantInput,
  grantCandidatesInput,
  grantConsequencesInput,
  takeGrantInput,
} from "@/lib/schemas/grant";
import { changeGrant as changeVerb } from "@/lib/services/grants/change-grant";
import { giveGrant as giveVerb } from "@/lib/services/grants/give-grant";
import { listGrantCandidates as listCandidatesVerb } from "@/lib/services/grants/list-grant-candidates";
import { takeGrant as takeVerb } from "@/lib/services/grants/take-grant";
import { readGrantConsequences as readConsequencesVerb } from "@/lib/services/members/read-access-impact";
import { organizationChange, organizationRead } from "./action";

export const giveGrant = organizationChange("grants.give", giveGrantInput, giveVerb);
export const changeGrant = organizationChange("grants.change", changeGrantInput, changeVerb);
export const takeGrant = organizationChange("grants.take", takeGrantInput, takeVerb);
export const readGrantConsequences = organizationRead(grantConsequencesInput, readConsequencesVerb);
export const listGrantCandidates = organizationRead(grantCandidatesInput, listCandidatesVerb);
