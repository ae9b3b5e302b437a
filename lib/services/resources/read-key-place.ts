import type { KeyPlace } from "@/lib/core/keys/key-reach";
import type { Transaction } from "@/lib/db/client";
import type { KeyContext } from "@/lib/services/access/key-context";
import { findResource } from "./resource-table";

/**
 * What encloses a key's namespace; null if the namespace was deleted, which ended the key too. A namespace never moves.
 */
export async function readKeyPlace(
  transaction: Transaction,
  { organization, actor }: KeyContext,
): Promise<KeyPlace | null> {
  const { type, id } = actor.namespace;
  const place = { namespace: actor.namespace, organizationId: organization.id };
  if (type === "organization") return { ...place, applicationId: null };
  const found = await findResource(transaction, organization.id, { type, id }, "none");
  if (found === null) return null;
  return { ...place, applicationId: type === "application" ? id : found.applicationId };
}
