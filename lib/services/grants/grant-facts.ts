import type { Transaction } from "@/lib/db/client";
import type { AuditFacts } from "@/lib/services/audit/record-audit-entry";
import type { FoundResource } from "@/lib/services/resources/resource-table";

/** The target and details of an audit entry about a grant: the resource, the member, and what changed. */
export async function grantFacts(
  transaction: Transaction,
  { type, id, name }: FoundResource,
  userId: string,
  details: AuditFacts["details"],
): Promise<Pick<AuditFacts, "target" | "details">> {
  const person = await transaction.user.findUniqueOrThrow({
    where: { id: userId },
    select: { name: true, email: true },
  });
  return { target: { type, id, name }, details: { userId, ...person, ...details } };
}
