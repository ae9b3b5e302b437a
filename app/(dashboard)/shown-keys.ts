import { notFound } from "next/navigation";
import { keyId } from "@/lib/schemas/key";
import { keyListFromAddress } from "@/lib/schemas/key-list-address";
import type { MemberContext } from "@/lib/services/access/context";
import type { KeyDetails } from "@/lib/services/keys/read/key-view";
import type { listKeys } from "@/lib/services/keys/read/list-keys";
import { readKey } from "@/lib/services/keys/read/read-key";
import { readListPage } from "@/lib/services/read-list-page";

type Parameters = Record<string, string | string[] | undefined>;

/**
 * What a page of keys shows for these URL parameters. @param list the service verb that decides whose keys are listed
 */
export async function shownKeys(context: MemberContext, parameters: Parameters, list: typeof listKeys) {
  const { list: asked, searchFault } = keyListFromAddress(parameters);
  const [read, details] = await Promise.all([
    readListPage(asked, (input) => list(context, input)),
    readDetails(context, parameters.key),
  ]);
  if (!read.ok) notFound();
  const { list: shown, page } = read.value;
  return {
    list: shown,
    searchFault,
    // An unsearchable term shows no keys: a full list would look like its result.
    page: searchFault === null ? page : { ...page, rows: [], total: 0 },
    details,
    serverNow: context.origin.at,
  };
}

async function readDetails(context: MemberContext, asked: unknown): Promise<KeyDetails | null> {
  const parsed = keyId.safeParse(asked);
  if (!parsed.success) return null;
  const details = await readKey(context, parsed.data);
  return details.ok ? details.value : null;
}
