import { keyCsvResponse } from "@/app/(dashboard)/key-csv-response";

type Parameters = { params: Promise<{ organization: string }> };

/** "Export CSV" of the keys that this person created in an organization. */
export async function GET(request: Request, { params }: Parameters): Promise<Response> {
  return keyCsvResponse((await params).organization, request, true);
}
