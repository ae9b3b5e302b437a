import type { ResourceAuthority } from "@/lib/core/access/resource-authority";
import type { Result } from "@/lib/core/result";
import { success } from "@/lib/core/result";
import type { Transaction } from "@/lib/db/client";
import { readKeyPlace } from "../resources/read-key-place";
import type { ActingContext } from "./key-context";
import { callerRevoked, holdToken, lockCallingKey } from "./lock-calling-key";
import { lockKeyRows } from "./lock-key-rows";

/**
 * Locks the sources of the actor's rights until the transaction ends. A person's membership and grants are locked
 * already. A calling key is locked last.
 *
 * @param keyIds other keys that the change will write, locked together with the calling key in the order of their ids
 */
export async function lockAuthority(
  transaction: Transaction,
  context: ActingContext,
  keyIds: readonly string[] = [],
): Promise<Result<ResourceAuthority>> {
  const { actor } = context;
  if (actor.kind === "user") return success({ kind: "user" });
  const acting = { ...context, actor };
  const place = await readKeyPlace(transaction, acting);
  if (keyIds.length > 0) {
    await holdToken(transaction, acting);
    await lockKeyRows(transaction, context.organization.id, [...keyIds, actor.keyId]);
  }
  const key = await lockCallingKey(transaction, acting);
  if (!key.ok) return key;
  return place === null ? callerRevoked : success({ kind: "key", place, permissions: key.value.permissions });
}
