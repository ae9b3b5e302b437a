import { mayTransferKeys } from "@/lib/core/access/manage-keys";
import { actOfBulk } from "@/lib/core/keys/bulk/bulk-change";
import type { Failure, Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import type { Transaction } from "@/lib/db/client";
import { inTransaction } from "@/lib/db/client";
import type { BulkChange, ChangeKeysInput } from "@/lib/schemas/bulk/bulk-keys";
import type { MemberContext } from "@/lib/services/access/context";
import { recordAuditEntry } from "@/lib/services/audit/record-audit-entry";
import { requireFreshPassword } from "@/lib/services/sessions/require-fresh-password";
import type { LockedKey } from "../../access/lock-key";
import { lockKeys } from "../../access/lock-key";
import { deleteLocked } from "../delete-key";
import { pauseLocked, resumeLocked } from "../pause-key";
import { revokeLocked } from "../revoke-key";
import { readRolesOf, whyLeft } from "./bulk-facts";
import { keysNamed, readBulkKeys, seenOf } from "./bulk-key";
import type { ChangedKeys, SkippedKey } from "./bulk-view";
import { changeRoleOf } from "./change-role-of";
import { holdSurroundings } from "./hold-surroundings";
import { transferLocked } from "./transfer-locked";

/**
 * One step of a bulk change: changes all its keys in one transaction, each by the rules for changing a single key.
 * Skips and reports keys that were changed since the dry run or may no longer be changed. Repeating a step changes
 * nothing twice, since keys that are done are skipped.
 *
 * @param input `seen`: the dry run's fingerprint of each key
 */
export async function changeKeys(
  context: MemberContext,
  { change, keys: asked }: ChangeKeysInput,
): Promise<Result<ChangedKeys>> {
  const organizationId = context.organization.id;
  const ids = asked.map(({ id }) => id);
  return inTransaction(async (transaction) => {
    const held = await holdSurroundings(transaction, context, change, ids);
    if (!held.ok) return held;
    const locked = await lockKeys(transaction, context, actOfBulk(change.verb), ids);
    if (!locked.ok) return locked;
    const { membership, unknown, receiver } = held.value;
    const mayAct = change.verb !== "transfer" || mayTransferKeys(membership);
    const around = {
      now: context.origin.at,
      bound: membership,
      keyCreators: membership.keyCreators,
      allowed: ({ id }: { readonly id: string }) => mayAct && locked.value(id).ok,
      receiver,
      roles: "role" in change ? await readRolesOf(transaction, organizationId, change.role, ids) : new Map(),
    };

    const found = new Map(
      (await readBulkKeys(transaction, keysNamed(organizationId, ids), ids.length)).map((key) => [
        key.id,
        key,
      ]),
    );
    const changing: LockedKey[] = [];
    const skipped: SkippedKey[] = [];
    for (const { id, seen } of asked) {
      const key = found.get(id);
      const lock = locked.value(id);
      if (key === undefined || (!lock.ok && lock.code === "not_found")) {
        skipped.push({ id, name: "", reason: "gone" });
        continue;
      }
      const reason = whyLeft(change, key, around) ?? (seenOf(key) === seen ? null : "changed");
      if (reason === null && lock.ok) changing.push(lock.value);
      else skipped.push({ id, name: key.name, reason: reason ?? "not_allowed" });
    }

    const refused = refuseAll(skipped, asked.length);
    if (refused !== null) return refused;
    if (unknown !== null) return unknown;
    const [first, ...others] = changing;
    if (first === undefined) return success({ changed: [], skipped });
    const late = requireFreshPassword(context, "changeKeys", {
      keys: asked.length,
      asksForOne: asksForOne(change, changing),
    });
    if (late !== null) return late;
    const facts = await carryOut(transaction, context, change, [first, ...others]);
    await recordAuditEntry(transaction, context, ...facts);
    return success({ changed: facts.map(({ target }) => target.id), skipped });
  });
}

function carryOut(
  transaction: Transaction,
  context: MemberContext,
  change: BulkChange,
  keys: readonly [LockedKey, ...LockedKey[]],
) {
  switch (change.verb) {
    case "revoke":
      return revokeLocked(transaction, context, keys);
    case "delete":
      return deleteLocked(transaction, context, keys);
    case "pause":
      return pauseLocked(transaction, context, keys);
    case "resume":
      return resumeLocked(transaction, context, keys);
    case "transfer":
      return transferLocked(transaction, context, keys, change.toUserId);
    default:
      return changeRoleOf(transaction, context, keys, change);
  }
}

/**
 * Refuses once for all keys if this person may change none of them: they were demoted since, or never saw these keys.
 */
function refuseAll(skipped: readonly SkippedKey[], asked: number): Failure | null {
  if (skipped.length < asked) return null;
  if (skipped.every(({ reason }) => reason === "gone")) {
    return failure("not_found", "There are no such API keys.");
  }
  if (skipped.every(({ reason }) => reason === "owner_level" || reason === "not_allowed")) {
    return failure("forbidden", "You may not do this to these API keys.");
  }
  return null;
}

/** Whether changing one of these keys alone would need a fresh password. */
function asksForOne({ verb }: BulkChange, keys: readonly LockedKey[]): boolean {
  switch (verb) {
    case "revoke":
    case "pause":
      return false;
    case "resume":
    case "transfer":
      return true;
    default:
      return keys.some(({ accessLevel }) => accessLevel === "OWNER");
  }
}
