import type { Failure, Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import type { Transaction } from "@/lib/db/client";
import { inTransaction } from "@/lib/db/client";
import { isUniqueViolation } from "@/lib/db/is-unique-violation";
import type { DeleteKeyViewInput, RenameKeyViewInput, SaveKeyViewInput } from "@/lib/schemas/views/key-views";
import type { MemberContext } from "@/lib/services/access/context";
import { lockMembership } from "@/lib/services/access/lock-membership";
import { changeDetails, recordAuditEntry } from "@/lib/services/audit/record-audit-entry";

/** The maximum number of views per person and organization. Two concurrent saves may exceed it by one. */
const viewsMaximum = 20;
const absent = failure("not_found", "There is no such view.");

/** Saves a view of the list of keys for this person. Nobody else sees it. */
export function saveKeyView(
  context: MemberContext,
  { name, query }: SaveKeyViewInput,
): Promise<Result<null>> {
  const owner = ownerOf(context);
  return asMember(context, async (transaction) => {
    if ((await transaction.keyView.count({ where: owner })) >= viewsMaximum) {
      return failure("conflict", `You have ${viewsMaximum} views, the most there can be. Delete one first.`);
    }
    const [saved] = await transaction.keyView.createManyAndReturn({
      data: [{ ...owner, name, query }],
      skipDuplicates: true,
    });
    if (saved === undefined) return taken;
    await recordAuditEntry(transaction, context, {
      action: "key_view.saved",
      target: { type: "key_view", id: saved.id, name },
      // The audit log has other readers, so it does not record what the view shows.
      details: {},
    });
    return success(null);
  });
}

export async function renameKeyView(
  context: MemberContext,
  { viewId, name }: RenameKeyViewInput,
): Promise<Result<null>> {
  try {
    return await asMember(context, async (transaction) => {
      const view = await lockView(transaction, context, viewId);
      if (view === null) return absent;
      await transaction.keyView.update({ where: { id: viewId }, data: { name } });
      await recordAuditEntry(transaction, context, {
        action: "key_view.renamed",
        target: { type: "key_view", id: viewId, name },
        details: changeDetails({ name: view.name }, { name }),
      });
      return success(null);
    });
  } catch (error) {
    // The database's unique index lets only one of two concurrent requests through.
    if (isUniqueViolation(error)) return taken;
    throw error;
  }
}

export function deleteKeyView(context: MemberContext, { viewId }: DeleteKeyViewInput): Promise<Result<null>> {
  return asMember(context, async (transaction) => {
    const view = await lockView(transaction, context, viewId);
    if (view === null) return absent;
    await transaction.keyView.delete({ where: { id: viewId } });
    await recordAuditEntry(transaction, context, {
      action: "key_view.deleted",
      target: { type: "key_view", id: viewId, name: view.name },
      details: {},
    });
    return success(null);
  });
}

const nameTaken = "You have a view with this name";
const taken: Failure = failure("conflict", `${nameTaken}.`, [{ field: "name", message: nameTaken }]);

function ownerOf({ organization, actor }: MemberContext) {
  return { organizationId: organization.id, userId: actor.userId };
}

function asMember(
  { organization, actor }: MemberContext,
  work: (transaction: Transaction) => Promise<Result<null>>,
): Promise<Result<null>> {
  return inTransaction(async (transaction) => {
    const membership = await lockMembership(transaction, organization.id, actor.userId);
    return membership === null ? absent : work(transaction);
  });
}

/** Locks one of this person's own views. */
async function lockView(transaction: Transaction, { organization, actor }: MemberContext, viewId: string) {
  const [view] = await transaction.$queryRaw<{ name: string }[]>`
    SELECT name FROM key_views WHERE id = ${viewId}::uuid AND organization_id = ${organization.id}::uuid
      AND user_id = ${actor.userId}::uuid FOR UPDATE`;
  return view ?? null;
}
