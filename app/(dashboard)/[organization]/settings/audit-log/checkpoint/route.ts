import { notFound } from "next/navigation";
import { requireContext } from "@/lib/auth/require-context";
import { readAuditCheckpoint } from "@/lib/services/audit/read-audit-checkpoint";

type Parameters = { params: Promise<{ organization: string }> };

/** The download behind "Checkpoint", in the format that `npm run audit:verify` reads. */
export async function GET(_request: Request, { params }: Parameters): Promise<Response> {
  const context = await requireContext((await params).organization);
  const read = await readAuditCheckpoint(context);
  if (!read.ok && read.code === "conflict") return new Response(`${read.detail}\n`, { status: 409 });
  if (!read.ok) notFound();
  const { checkpoint, sequence } = read.value;
  const name = `${context.organization.slug}-audit-checkpoint-${sequence}.jws`;
  return new Response(`${checkpoint}\n`, {
    headers: {
      "Content-Type": "text/plain; charset=utf-8",
      "Content-Disposition": `attachment; filename="${name}"`,
    },
  });
}
