import type { Result } from "@/lib/core/result";
import { mapResult } from "@/lib/core/result";
import type { MemberContext } from "@/lib/services/access/context";
import { updateOrganization } from "@/lib/services/organizations/update-organization";

/** Sets how long the audit log is kept: one of the organization's settings, in a dialog of its own. */
export async function changeAuditRetention(
  context: MemberContext,
  { days, seen }: { readonly days: number | null; readonly seen: number | null },
): Promise<Result<null>> {
  const change = { auditRetentionDays: days, seen: { auditRetentionDays: seen } };
  return mapResult(await updateOrganization(context, change), () => null);
}
