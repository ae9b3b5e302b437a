import { searchEntries } from "@/components/docs/search/search-entries";
import { docsReference } from "../docs-reference";

/** What the search of the documentation finds. The same for everybody. */
export function GET() {
  return Response.json(searchEntries(docsReference()));
}
