"use server";

import type { z } from "zod";
import type { Result } from "@/lib/core/result";
import { success } from "@/lib/core/result";
import {
  changeAccessLevelInput,
  invitationIdInput,
  inviteMemberInput,
  memberConsequencesInput,
  removeMemberInput,
} from "@/lib/schemas/member";
import type { MadeInvitation } from "@/lib/services/invitations/invitation-view";
import { inviteMember as inviteVerb } from "@/lib/services/invitations/invite-member";
import { revokeInvitation as revokeInvitationVerb } from "@/lib/services/invitations/revoke-invitation";
import { changeAccessLevel as changeLevelVerb } from "@/lib/services/members/change-access-level";
import type { MemberConsequences } from "@/lib/services/members/member-view";
import { readMemberConsequences as readConsequencesVerb } from "@/lib/services/members/read-member-consequences";
import { removeMember as removeVerb } from "@/lib/services/members/remove-member";
import type { Answered } from "./action";
import { organizationAction } from "./action";
import { withFreshPage } from "./with-fresh-page";

const changeLevel = organizationAction(
  "members.changeLevel",
  changeAccessLevelInput,
  async (context, input) => {
    const changed = await changeLevelVerb(context, input);
    return changed.ok ? success({ id: changed.value.id }) : changed;
  },
);
const remove = organizationAction("members.remove", removeMemberInput, removeVerb);
const readConsequences = organizationAction(
  "members.readConsequences",
  memberConsequencesInput,
  readConsequencesVerb,
);
const invite = organizationAction("members.invite", inviteMemberInput, inviteVerb, ["token"]);
const endInvitation = organizationAction("members.endInvitation", invitationIdInput, revokeInvitationVerb);

export async function changeAccessLevel(
  organization: string,
  input: z.input<typeof changeAccessLevelInput>,
  requestId: string,
): Promise<Result<{ id: string }>> {
  return withFreshPage(await changeLevel(organization, input, requestId));
}

export async function removeMember(
  organization: string,
  input: z.input<typeof removeMemberInput>,
  requestId: string,
): Promise<Result<null>> {
  return withFreshPage(await remove(organization, input, requestId));
}

export async function readMemberConsequences(
  organization: string,
  input: z.input<typeof memberConsequencesInput>,
): Promise<Result<MemberConsequences>> {
  return readConsequences(organization, input);
}

export async function inviteMember(
  organization: string,
  input: z.input<typeof inviteMemberInput>,
  requestId: string,
): Promise<Result<Answered<MadeInvitation, "token">>> {
  return withFreshPage(await invite(organization, input, requestId));
}

export async function revokeInvitation(
  organization: string,
  input: z.input<typeof invitationIdInput>,
  requestId: string,
): Promise<Result<null>> {
  return withFreshPage(await endInvitation(organization, input, requestId));
}
