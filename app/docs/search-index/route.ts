import { searchEntries } from "@/components/docs/search/search-entries";
import { docsReference } from "../docs-reference";

/** The search index of the documentation. */
export function GET() {
  return Response.json(searchEntries(docsReference()));
}
