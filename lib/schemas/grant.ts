import { z } from "zod";
import { listInput } from "./list";
import { changeAccessLevelInput } from "./member";
import { resource } from "./resource";

const { userId, accessLevel, transfers, seen } = changeAccessLevelInput.shape;

/** Those who have access to a resource, as its page's address holds it. */
export const grantListInput = listInput.extend({ resource });
export type GrantListInput = z.infer<typeof grantListInput>;

export const grantCandidatesInput = z.strictObject({ resource, search: listInput.shape.search });
export type GrantCandidatesInput = z.infer<typeof grantCandidatesInput>;

export const giveGrantInput = z.strictObject({ resource, userId, accessLevel });
export type GiveGrantInput = z.infer<typeof giveGrantInput>;

export const changeGrantInput = z.strictObject({ resource, userId, accessLevel, transfers, seen });
export type ChangeGrantInput = z.infer<typeof changeGrantInput>;

export const takeGrantInput = z.strictObject({ resource, userId, transfers });
export type TakeGrantInput = z.infer<typeof takeGrantInput>;

/** What would come of a change to this level; of taking the grant, when it is null. */
export const grantConsequencesInput = z.strictObject({
  resource,
  userId,
  accessLevel: accessLevel.nullable(),
});
export type GrantConsequencesInput = z.infer<typeof grantConsequencesInput>;
