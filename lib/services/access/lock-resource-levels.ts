import type { AccessLevel } from "@/lib/core/access/access-level";
import type { ResourceLevels } from "@/lib/core/access/manage-resources";
import { lowerLevels } from "@/lib/core/access/manage-resources";
import type { Transaction } from "@/lib/db/client";
import type { FoundResource } from "../resources/resource-table";
import type { ActingContext } from "./key-context";
import { actsFor } from "./key-context";
import { levelInNamespace } from "./level-in-namespace";
import { readResourceLevels } from "./read-resource-levels";

/**
 * Locks the actor's levels in a resource and its parent until the transaction ends. A key has its creator's levels; an
 * access token for a user has at most that user's.
 *
 * @param level the level in the organization of the person, or of the key's creator
 */
export async function lockResourceLevels(
  transaction: Transaction,
  { organization, actor }: ActingContext,
  level: AccessLevel,
  resource: FoundResource,
): Promise<ResourceLevels> {
  const { id } = organization;
  const person = { userId: actsFor(actor), level };
  const actorLevels = await readResourceLevels(transaction, id, person, resource, { lock: true });
  if (actor.kind === "user" || actor.onBehalfOf === null) return actorLevels;
  const userId = actor.onBehalfOf;
  const itself = { type: "organization", id } as const;
  const own = await levelInNamespace(transaction, id, userId, itself, { lock: true });
  if (own === null) return { organization: "MEMBER", parent: null, own: null };
  const user = await readResourceLevels(transaction, id, { userId, level: own }, resource, { lock: true });
  return lowerLevels(actorLevels, user);
}
