import type { AuditAction } from "@/lib/core/audit-actions";
import { inTransaction } from "@/lib/db/client";
import type { OrganizationId } from "@/lib/services/access/context";
import type { AuditDetails, AuditFacts } from "@/lib/services/audit/record-audit-entry";
import { recordAuditEntry } from "@/lib/services/audit/record-audit-entry";
import { readLog } from "@/lib/services/log-readers/log-reader";
import { noticeReader } from "@/lib/services/notices/notice-reader";

const system = { kind: "system", name: "Latchkey" } as const;
const { signal } = new AbortController();

/** The target of an audit entry, by default a key. */
export type Happened = {
  readonly id: string;
  readonly name: string;
  readonly type?: "key" | "member" | "webhook";
};

/**
 * Writes an audit entry about each of these, as the verbs would.
 *
 * @param userId the actor; Latchkey itself if left out
 */
export async function happen(
  organizationId: string,
  action: AuditAction,
  details: AuditDetails,
  of: readonly Happened[],
  { at = new Date(), userId }: { at?: Date; userId?: string } = {},
): Promise<void> {
  const [first, ...others] = of.map(({ id, name, type = "key" }): AuditFacts => {
    return { action, target: { type, id, name }, details };
  });
  if (first === undefined) throw new Error("Nothing happens");
  const actor = userId === undefined ? system : ({ kind: "user", userId, name: "Somebody" } as const);
  const origin = { at, address: "203.0.113.9", userAgent: "Firefox", requestId: null };
  const context = { organization: { id: organizationId as OrganizationId }, actor, origin };
  await inTransaction((transaction) => recordAuditEntry(transaction, context, first, ...others));
}

/** Creates notices from all unread audit entries. */
export async function tellAll(now = new Date()): Promise<void> {
  while (await readLog(noticeReader, now, signal));
}
