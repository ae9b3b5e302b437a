import { z } from "zod";
import { impactPage, listInput } from "./list";
import { changeAccessLevelInput } from "./member";
import { resource } from "./resource";

const { userId, accessLevel, transfers, keys, seen } = changeAccessLevelInput.shape;

/** The people with access to a resource, from its page's URL. */
export const grantListInput = listInput.extend({ resource });
export type GrantListInput = z.infer<typeof grantListInput>;

export const grantCandidatesInput = z.strictObject({ resource, search: listInput.shape.search });
export type GrantCandidatesInput = z.infer<typeof grantCandidatesInput>;

export const giveGrantInput = z.strictObject({ resource, userId, accessLevel });
export type GiveGrantInput = z.infer<typeof giveGrantInput>;

export const changeGrantInput = z.strictObject({ resource, userId, accessLevel, transfers, keys, seen });
export type ChangeGrantInput = z.infer<typeof changeGrantInput>;

export const takeGrantInput = z.strictObject({ resource, userId, transfers, keys });
export type TakeGrantInput = z.infer<typeof takeGrantInput>;

/** What a change to this level would do; null asks about removing the grant. */
export const grantConsequencesInput = z.strictObject({
  resource,
  userId,
  accessLevel: accessLevel.nullable(),
  page: impactPage,
});
export type GrantConsequencesInput = z.infer<typeof grantConsequencesInput>;
