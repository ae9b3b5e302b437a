"use server";

import { z } from "zod";
import { success } from "@/lib/core/result";
import {
  changeAccessLevelInput,
  invitationIdInput,
  inviteMemberInput,
  memberConsequencesInput,
  removeMemberInput,
} from "@/lib/schemas/member";
import { inviteMember as inviteVerb } from "@/lib/services/invitations/invite-member";
import { revokeInvitation as revokeInvitationVerb } from "@/lib/services/invitations/revoke-invitation";
import { changeAccessLevel as changeLevelVerb } from "@/lib/services/members/change-access-level";
import { readMemberConsequences as readConsequencesVerb } from "@/lib/services/members/read-access-impact";
import { readOwners as readOwnersVerb } from "@/lib/services/members/read-owners";
import { removeMember as removeVerb } from "@/lib/services/members/remove-member";
import { organizationChange, organizationRead } from "./action";

export const changeAccessLevel = organizationChange(
  "members.changeLevel",
  changeAccessLevelInput,
  async (context, input) => {
    const changed = await changeLevelVerb(context, input);
    return changed.ok ? success({ id: changed.value.id }) : changed;
  },
);
export const removeMember = organizationChange("members.remove", removeMemberInput, removeVerb);
export const readMemberConsequences = organizationRead(memberConsequencesInput, readConsequencesVerb);
export const readOwners = organizationRead(z.strictObject({}), readOwnersVerb);
export const inviteMember = organizationChange("members.invite", inviteMemberInput, inviteVerb, ["token"]);
export const revokeInvitation = organizationChange(
  "members.endInvitation",
  invitationIdInput,
  revokeInvitationVerb,
);
