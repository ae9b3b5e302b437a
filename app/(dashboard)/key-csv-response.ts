import { notFound } from "next/navigation";
import { contextNow } from "@/lib/auth/context-now";
import { requireContext } from "@/lib/auth/require-context";
import { keySelection } from "@/lib/schemas/bulk/bulk-keys";
import { exportStream } from "@/lib/services/export-stream";
import { keyCsvHead } from "@/lib/services/keys/export/key-csv";
import { readExportedKeys } from "@/lib/services/keys/export/read-exported-keys";

/** Names the ticked keys in an export's address; without it, all that the address matches are exported. */
const idsParameter = "ids";

/**
 * The file of "Export CSV", for the same address parameters as the list's page.
 *
 * @param own only the keys that this person created
 */
export async function keyCsvResponse(slug: string, request: Request, own: boolean): Promise<Response> {
  const context = await requireContext(slug);
  const { searchParams } = new URL(request.url);
  const ids = searchParams.get(idsParameter)?.split(",") ?? null;
  searchParams.delete(idsParameter);
  const selection = keySelection.safeParse({ own, ids, address: searchParams.toString() });
  if (!selection.success) return new Response("This list cannot be read.", { status: 400 });
  const first = await readExportedKeys(context, selection.data, null);
  if (!first.ok) notFound();
  const body = exportStream(keyCsvHead, first.value, async (after) => {
    const now = await contextNow(context);
    return now.ok ? readExportedKeys(now.value, selection.data, after) : now;
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
