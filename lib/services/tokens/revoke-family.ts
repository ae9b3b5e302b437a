import { formatKeyId } from "@/lib/core/keys/key-id";
import type { Transaction } from "@/lib/db/client";
import type { TokenFamily } from "@/lib/db/generated/client";
import type { Origin } from "@/lib/services/access/context";
import { keyContext } from "@/lib/services/access/key-context";
import { recordAuditEntry } from "@/lib/services/audit/record-audit-entry";
import type { AuthenticatedKey } from "@/lib/verify/verdict/authenticated-key";
import { endKeysOfFamilies } from "./end-keys-of-tokens";

/** Revokes a family, all its tokens and the keys made with them. The caller has locked the family. */
export async function revokeFamily(
  transaction: Transaction,
  client: AuthenticatedKey,
  family: TokenFamily,
  reason: "client" | "reuse",
  origin: Origin,
): Promise<void> {
  const { id, organizationId, userId } = family;
  await transaction.tokenFamily.update({ where: { id, organizationId }, data: { revokedAt: origin.at } });
  const context = keyContext(client, origin);
  const ended = await endKeysOfFamilies(transaction, context, { familyId: id }, { reason: "policy" });
  const facts = {
    action: "token_family.revoked",
    target: { type: "key", id: client.key.id, name: client.key.name },
    details: { reason, family: id, user: userId, clientId: formatKeyId(client.key.id) },
  } as const;
  await recordAuditEntry(transaction, context, facts, ...ended.entries);
}
