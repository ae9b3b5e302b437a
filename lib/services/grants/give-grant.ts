import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { inTransaction } from "@/lib/db/client";
import type { GiveGrantInput } from "@/lib/schemas/grant";
import type { ActingContext } from "@/lib/services/access/key-context";
import { namespaceColumns } from "@/lib/services/access/level-in-namespace";
import { recordAuditEntry } from "@/lib/services/audit/record-audit-entry";
import { requireFreshPassword } from "@/lib/services/sessions/require-fresh-password";
import { lockGrant } from "../access/lock-grant";
import { grantFacts } from "./grant-facts";

/** Gives a member access to an application, a workspace or a user group, but not to anything inside it. */
export async function giveGrant(
  context: ActingContext,
  { resource, userId, accessLevel }: GiveGrantInput,
): Promise<Result<null>> {
  const organizationId = context.organization.id;
  return inTransaction(async (transaction) => {
    const locked = await lockGrant(transaction, context, resource, { userId, given: accessLevel });
    if (!locked.ok) return locked;
    const taken = failure("conflict", "This member already has access. Change their level instead.");
    if (locked.value.level !== null) return taken;
    const late = requireFreshPassword(context, "giveGrant", { accessLevel });
    if (late !== null) return late;
    // A grant that does not exist yet cannot be locked. If two people give it at once, the second insert is skipped.
    const { count } = await transaction.grant.createMany({
      data: [
        {
          organizationId,
          userId,
          ...namespaceColumns(resource),
          accessLevel,
          createdAt: context.origin.at,
        },
      ],
      skipDuplicates: true,
    });
    if (count === 0) return taken;
    const facts = await grantFacts(transaction, locked.value.resource, userId, { accessLevel });
    await recordAuditEntry(transaction, context, { action: "grant.given", ...facts });
    return success(null);
  });
}
