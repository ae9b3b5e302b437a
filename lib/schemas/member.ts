import { z } from "zod";
import { accessLevels } from "@/lib/core/access/access-level";
import { email } from "./account";
import { keyId } from "./key";

const accessLevel = z.enum(accessLevels, "Choose an access level");
const userId = z.uuid("This is not a member");

/** Which of a member's keys to transfer to whom. Keys not listed stay with the member or end. */
const transfers = z
  .array(z.strictObject({ keyId, toUserId: userId }))
  .max(10_000)
  .refine((list) => new Set(list.map((transfer) => transfer.keyId)).size === list.length, {
    message: "A key can be transferred to only one person",
  })
  .default([]);
export type KeyTransfers = z.infer<typeof transfers>;

/** The level that the person saw before they changed it. */
const seen = z.strictObject({ accessLevel }).optional();

export const changeAccessLevelInput = z.strictObject({ userId, accessLevel, transfers, seen });
export type ChangeAccessLevelInput = z.infer<typeof changeAccessLevelInput>;

export const removeMemberInput = z.strictObject({ userId, transfers });
export type RemoveMemberInput = z.infer<typeof removeMemberInput>;

/** What a change to this level would do; null asks about removing the member. */
export const memberConsequencesInput = z.strictObject({ userId, accessLevel: accessLevel.nullable() });
export type MemberConsequencesInput = z.infer<typeof memberConsequencesInput>;

export const inviteMemberInput = z.strictObject({ email, accessLevel });
export type InviteMemberInput = z.infer<typeof inviteMemberInput>;

export const invitationIdInput = z.strictObject({ invitationId: z.uuid("This is not an invitation") });
