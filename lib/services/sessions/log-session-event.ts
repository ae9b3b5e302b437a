import type { SessionAction } from "@/lib/core/audit-actions";
import { log } from "@/lib/log";
import type { Origin } from "@/lib/services/access/context";
import type { AuditDetails } from "@/lib/services/audit/record-audit-entry";

/** Events that an operator may want alerts for. */
const warnings: readonly SessionAction[] = [
  "member.sign_in_failed",
  "member.password_refused",
  "member.locked_out",
];

/**
 * Writes one structured log line.
 *
 * @param userId null for an unknown email. The email itself is left out: people type passwords into that field.
 */
export function logSessionEvent(
  action: SessionAction,
  userId: string | null,
  { address, userAgent, requestId }: Origin,
  details: AuditDetails = {},
): void {
  const level = warnings.includes(action) ? "warn" : "info";
  log()[level]({ event: action, userId, address, userAgent, requestId, ...details }, "session event");
}
