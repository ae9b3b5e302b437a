import { mayCreate, maySee } from "@/lib/core/access/resource-authority";
import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import type { Transaction } from "@/lib/db/client";
import { inTransaction } from "@/lib/db/client";
import type { CreateResourceInput } from "@/lib/schemas/resource";
import type { ActingContext } from "@/lib/services/access/key-context";
import { actsFor } from "@/lib/services/access/key-context";
import { namespaceColumns } from "@/lib/services/access/level-in-namespace";
import { membershipGone } from "@/lib/services/access/lock-calling-key";
import { lockMembership } from "@/lib/services/access/lock-membership";
import { recordAuditEntry } from "@/lib/services/audit/record-audit-entry";
import { lockAuthority } from "../access/lock-authority";
import { lockResourceLevels } from "../access/lock-resource-levels";
import { findResource } from "./resource-table";
import { nameTaken, resourceWords } from "./resource-words";

/**
 * Creates an application, a workspace or a user group, and grants its creator the level OWNER in it. For a calling key,
 * the key's creator gets the grant, which limits what the key can do in the resource.
 */
export async function createResource(
  context: ActingContext,
  input: CreateResourceInput,
): Promise<Result<{ id: string }>> {
  const { organization, actor, origin } = context;
  const { type, name, applicationId } = input;
  return inTransaction(async (transaction) => {
    const place = await lockPlace(transaction, context, applicationId);
    if (!place.ok) return place;
    const { actorLevels, authority } = place.value;
    if (!mayCreate(authority, type, applicationId, actorLevels)) {
      const where = applicationId === null ? "organization" : "application";
      return failure("forbidden", `You may not create ${resourceWords[type]}s in this ${where}.`);
    }
    const id = await insert(transaction, context, input);
    if (id === null) return nameTaken(type);
    await transaction.grant.create({
      data: {
        organizationId: organization.id,
        userId: actsFor(actor),
        ...namespaceColumns({ type, id }),
        accessLevel: "OWNER",
        createdAt: origin.at,
      },
    });
    await recordAuditEntry(transaction, context, {
      action: `${type}.created`,
      target: { type, id, name },
      details: { applicationId },
    });
    return success({ id });
  });
}

/** Locks the actor's levels in the new resource's parent, and the parent itself if it is an application. */
async function lockPlace(transaction: Transaction, context: ActingContext, applicationId: string | null) {
  const { organization, actor } = context;
  const userId = actsFor(actor);
  const membership = await lockMembership(transaction, organization.id, userId);
  if (membership === null) {
    return membershipGone(actor);
  }
  const { level } = membership;
  if (applicationId === null) {
    const authority = await lockAuthority(transaction, context);
    if (!authority.ok) return authority;
    return success({ actorLevels: { organization: level, parent: level }, authority: authority.value });
  }
  const absent = failure("not_found", "There is no such application.");
  const application = { type: "application", id: applicationId } as const;
  const found = await findResource(transaction, organization.id, application, "share");
  if (found === null) return absent;
  const actorLevels = await lockResourceLevels(transaction, context, level, found);
  const authority = await lockAuthority(transaction, context);
  if (!authority.ok) return authority;
  if (!maySee(authority.value, found, actorLevels)) return absent;
  return success({
    actorLevels: { organization: level, parent: actorLevels.own },
    authority: authority.value,
  });
}

/**
 * Returns null if the name is taken. Of two concurrent requests with one name, the second waits and then inserts
 * nothing.
 */
async function insert(
  transaction: Transaction,
  { organization, origin }: ActingContext,
  { type, name, applicationId }: CreateResourceInput,
): Promise<string | null> {
  const data = { organizationId: organization.id, name, createdAt: origin.at };
  const rest = { skipDuplicates: true, select: { id: true } } as const;
  const create = async () => {
    if (type === "application") return transaction.application.createManyAndReturn({ data, ...rest });
    if (type === "usergroup") {
      return transaction.userGroup.createManyAndReturn({ data: { ...data, applicationId }, ...rest });
    }
    if (applicationId === null) throw new Error("A workspace belongs to an application");
    return transaction.workspace.createManyAndReturn({ data: { ...data, applicationId }, ...rest });
  };
  const [created] = await create();
  return created?.id ?? null;
}
