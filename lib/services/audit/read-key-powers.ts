import type { KeyPowers, TrailEntry } from "@/lib/core/audit/key-powers";
import { keyPowersAt } from "@/lib/core/audit/key-powers";
import type { AuditAction } from "@/lib/core/audit-actions";
import type { Result } from "@/lib/core/result";
import { success } from "@/lib/core/result";
import { database } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import type { MemberContext } from "@/lib/services/access/context";
import { roleCatalog } from "@/lib/services/keys/read/find-roles";
import { readAuditCut } from "./retention/read-audit-cut";
import { seeKeyHistory } from "./see-key-history";

const roleActions = ["role.created", "role.updated", "role.deleted"] satisfies AuditAction[];

/** What a key could do at a given time according to the audit log, for people who may see the key. */
export async function readKeyPowers(
  context: MemberContext,
  { keyId, at }: { readonly keyId: string; readonly at: Date },
): Promise<Result<KeyPowers>> {
  const refusal = await seeKeyHistory(context, keyId);
  if (refusal !== null) return refusal;
  const { id: organizationId, keyCreators, maximumLifetimeDays, defaultKeyId } = context.organization;
  const [key, roles, settings, rolesNow, cut] = await Promise.all([
    entries({ organizationId, targetType: "key", targetId: keyId }),
    entries({ organizationId, action: { in: roleActions } }),
    entries({ organizationId, action: "organization.updated" }),
    roleCatalog(database(), organizationId),
    readAuditCut(organizationId),
  ]);
  const now = { rolesNow, keyCreatorsNow: keyCreators, maximumNow: maximumLifetimeDays };
  return success(
    keyPowersAt({ key, roles, settings, ...now, isExempt: keyId === defaultKeyId, isCut: cut !== null }, at),
  );
}

async function entries(where: Prisma.AuditEntryWhereInput): Promise<readonly TrailEntry[]> {
  const found = await database().auditEntry.findMany({
    where,
    orderBy: { sequence: "asc" },
    select: { at: true, action: true, details: true },
  });
  return found.map(({ details, ...entry }) => ({ ...entry, details: details as TrailEntry["details"] }));
}
