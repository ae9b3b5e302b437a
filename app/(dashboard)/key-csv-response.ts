import { refusedExport } from "@/app/(dashboard)/refused-export";
import { contextNow } from "@/lib/auth/context-now";
import { requireContext } from "@/lib/auth/require-context";
import { keySelection } from "@/lib/schemas/bulk/bulk-keys";
import type { MemberContext } from "@/lib/services/access/context";
import { exportStream } from "@/lib/services/export-stream";
import { keyCsvHead } from "@/lib/services/keys/export/key-csv";
import { readExportedKeys } from "@/lib/services/keys/export/read-exported-keys";
import { withinReads } from "@/lib/services/throttle/people-shares";

/** The URL parameter with the ids of ticked keys; without it, the export contains all keys that match the filters. */
const idsParameter = "ids";

/**
 * The download behind "Export CSV". Takes the same URL parameters as the list's page.
 *
 * @param own whether to export only keys that this person created
 */
export async function keyCsvResponse(slug: string, request: Request, own: boolean): Promise<Response> {
  const context = await requireContext(slug);
  const { searchParams } = new URL(request.url);
  const ids = searchParams.get(idsParameter)?.split(",") ?? null;
  searchParams.delete(idsParameter);
  const selection = keySelection.safeParse({ own, ids, address: searchParams.toString() });
  if (!selection.success) return new Response("This list cannot be read.", { status: 400 });
  const read = (who: MemberContext, after: Parameters<typeof readExportedKeys>[2]) =>
    withinReads(who, () => readExportedKeys(who, selection.data, after));
  const first = await read(context, null);
  if (!first.ok) return refusedExport(first);
  const body = exportStream(keyCsvHead, first.value, async (after) => {
    const now = await contextNow(context);
    return now.ok ? read(now.value, after) : now;
  });
  return new Response(body, {
    headers: {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": `attachment; filename="${slug}-api-keys-${dayOf(context.origin.at)}.csv"`,
    },
  });
}

function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}
