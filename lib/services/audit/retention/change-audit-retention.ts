import type { Result } from "@/lib/core/result";
import { mapResult } from "@/lib/core/result";
import type { MemberContext } from "@/lib/services/access/context";
import { updateOrganization } from "@/lib/services/organizations/update-organization";

/** Changes how long the audit log is kept, an organization setting with its own dialog. */
export async function changeAuditRetention(
  context: MemberContext,
  { days, seen }: { readonly days: number | null; readonly seen: number | null },
): Promise<Result<null>> {
  const change = { auditRetentionDays: days, seen: { auditRetentionDays: seen } };
  return mapResult(await updateOrganization(context, change), () => null);
}
