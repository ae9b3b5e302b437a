import { pageOfAnchor } from "@/components/docs/frame/docs-sections";
import { docsReference } from "../../docs-reference";

/** Redirects anchors of the former one-page reference to their new pages. */
export async function GET(_: Request, { params }: { params: Promise<{ anchor: string }> }) {
  const { anchor } = await params;
  return new Response(null, { status: 307, headers: { Location: pageOfAnchor(docsReference(), anchor) } });
}
