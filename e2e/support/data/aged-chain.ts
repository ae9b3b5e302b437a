import { database, inTransaction } from "@/lib/db/client";
import type { OrganizationId } from "@/lib/services/access/context";
import type { AuditFacts } from "@/lib/services/audit/record-audit-entry";
import { recordAuditEntry } from "@/lib/services/audit/record-audit-entry";

const dayMs = 24 * 3_600_000;

/** @param now the test's current time, from which all ages are counted */
export function agedChain(id: OrganizationId, now: Date) {
  const ago = (days: number) => new Date(now.getTime() - days * dayMs);

  async function write(daysAgo: number, setting?: number): Promise<void> {
    const facts: AuditFacts =
      setting === undefined
        ? { action: "role.updated", target: { type: "role", id: "r", name: "Role" }, details: {} }
        : {
            action: "organization.updated",
            target: { type: "organization", id, name: "Retention" },
            details: { auditRetentionDaysBefore: null, auditRetentionDays: setting },
          };
    const origin = { at: ago(daysAgo), address: null, userAgent: null, requestId: null };
    const actor = { kind: "system", name: "Test" } as const;
    await inTransaction((transaction) =>
      recordAuditEntry(transaction, { organization: { id }, actor, origin }, facts),
    );
  }

  /**
   * Replaces the organization's chain by entries of these ages in days, which no verb can create. The first entry sets
   * the retention to 30 days.
   */
  async function chain(...ages: number[]): Promise<void> {
    await database().$transaction(async (transaction) => {
      await transaction.$executeRaw`SET LOCAL session_replication_role = replica`;
      await transaction.$executeRaw`DELETE FROM audit_entries WHERE organization_id = ${id}::uuid`;
      await transaction.$executeRaw`
        UPDATE audit_heads SET sequence = 0, hash = decode(repeat('00', 32), 'hex') WHERE organization_id = ${id}::uuid`;
    });
    // Readers that started with the organization have already read the whole chain.
    await database().logCursor.deleteMany({ where: { organizationId: id } });
    await aDayLater();
    for (const [index, age] of ages.entries()) await write(age, index === 0 ? 30 : undefined);
  }

  /** Lets the daily check of the log run again. */
  const aDayLater = () => database().throttle.deleteMany();

  return { ago, write, chain, aDayLater };
}
