import { builtInRole } from "@/lib/core/access/role";
import type { Transaction } from "@/lib/db/client";
import type { BulkChange } from "@/lib/schemas/bulk/bulk-keys";
import type { MemberContext } from "@/lib/services/access/context";
import type { AuditFacts } from "@/lib/services/audit/record-audit-entry";
import { changeDetails } from "@/lib/services/audit/record-audit-entry";
import { markAgain } from "@/lib/verify/usage/mark-over-privileged";
import type { LockedKey } from "../../access/lock-key";
import { insertRoles } from "../insert-key";
import { keyRoles } from "../read/key-row";

type RoleChange = Extract<BulkChange, { role: string }>;

/** Adds a role to locked keys that lack it, or removes it from those that have it. The role is locked, or built in. */
export async function changeRoleOf(
  transaction: Transaction,
  { organization, origin }: MemberContext,
  keys: readonly [LockedKey, ...LockedKey[]],
  { verb, role }: RoleChange,
): Promise<[AuditFacts, ...AuditFacts[]]> {
  const organizationId = organization.id;
  const ids = keys.map(({ id }) => id);
  const carried = await transaction.apiKeyRole.findMany({
    where: { organizationId, keyId: { in: ids } },
    include: { role: true },
    orderBy: { id: "asc" },
  });
  if (verb === "addRole") {
    await insertRoles(
      transaction,
      organizationId,
      ids.map((id) => ({ id, roles: [role] })),
    );
  } else {
    const which = builtInRole(role) === undefined ? { role: { roleId: role } } : { builtInRoleId: role };
    await transaction.apiKeyRole.deleteMany({ where: { organizationId, keyId: { in: ids }, ...which } });
  }
  await markAgain(transaction, ids, origin.at);
  await transaction.apiKey.updateMany({
    where: { organizationId, id: { in: ids } },
    data: { version: { increment: 1 } },
  });
  const facts = ({ id, name, description }: LockedKey): AuditFacts => {
    const before = keyRoles({ roles: carried.filter(({ keyId }) => keyId === id) }).map((each) => each.id);
    const roles = verb === "addRole" ? [...before, role] : before.filter((each) => each !== role);
    return {
      action: "key.updated",
      target: { type: "key", id, name },
      details: {
        ...changeDetails({ name, description }, { name, description }),
        ...changeDetails({ roles: before }, { roles }),
      },
    };
  };
  const [first, ...others] = keys;
  return [facts(first), ...others.map(facts)];
}
