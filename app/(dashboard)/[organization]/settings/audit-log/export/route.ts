import { refusedExport } from "@/app/(dashboard)/refused-export";
import { contextNow } from "@/lib/auth/context-now";
import { requireContext } from "@/lib/auth/require-context";
import { readAuditLogAddress } from "@/lib/schemas/audit/audit-log-address";
import type { MemberContext } from "@/lib/services/access/context";
import { auditExportHeads } from "@/lib/services/audit/audit-export-rows";
import { auditExportFormats, readAuditExport } from "@/lib/services/audit/read-audit-export";
import { exportStream } from "@/lib/services/export-stream";
import { withinReads } from "@/lib/services/throttle/people-shares";

type Parameters = { params: Promise<{ organization: string }> };

const types = { csv: "text/csv; charset=utf-8", jsonl: "application/jsonl; charset=utf-8" } as const;

/** The download behind "Export". Takes the same URL parameters as the page. */
export async function GET(request: Request, { params }: Parameters): Promise<Response> {
  const context = await requireContext((await params).organization);
  const { format: asked, ...address } = Object.fromEntries(new URL(request.url).searchParams);
  const format = auditExportFormats.find((one) => one === asked);
  const { query, faults } = readAuditLogAddress(address);
  if (format === undefined || Object.keys(faults).length > 0) {
    return new Response("This export cannot be read.", { status: 400 });
  }
  const read = (who: MemberContext, after: typeof query.after) =>
    withinReads(who, () => readAuditExport(who, { ...query, after }, format));
  const first = await read(context, null);
  if (!first.ok) return refusedExport(first);
  const body = exportStream(auditExportHeads[format], first.value, async (after) => {
    const now = await contextNow(context);
    return now.ok ? read(now.value, after) : now;
  });
  const day = context.origin.at.toISOString().slice(0, 10);
  const name = `${context.organization.slug}-audit-log-${day}.${format}`;
  return new Response(body, {
    headers: {
      "Content-Type": types[format],
      "Content-Disposition": `attachment; filename="${name}"`,
    },
  });
}
