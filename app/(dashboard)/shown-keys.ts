import type { ShownList } from "@/components/list/list-table";
import { hygieneRules } from "@/lib/core/keys/filter/hygiene-rules";
import { keyIdIn } from "@/lib/core/search-text";
import { keyId } from "@/lib/schemas/key";
import type { KeyListInput } from "@/lib/schemas/key-list";
import { keyListFromAddress } from "@/lib/schemas/key-list-address";
import type { MemberContext } from "@/lib/services/access/context";
import type { KeyDetails, KeyPage, KeyRow } from "@/lib/services/keys/read/key-view";
import { type listKeys, readKeyRow } from "@/lib/services/keys/read/list-keys";
import { readKey } from "@/lib/services/keys/read/read-key";
import { readTokenPrefix } from "@/lib/services/keys/token-prefix";
import { listKeyViews } from "@/lib/services/keys/views/list-key-views";
import { shownList, type UrlParameters } from "./shown-list";

/** The data of a page of keys, for its URL parameters. @param list the verb that decides whose keys are listed */
export async function shownKeys(context: MemberContext, parameters: UrlParameters, list: typeof listKeys) {
  const { list: asked, searchFault } = keyListFromAddress(parameters);
  const [shown, details, views, tokenPrefix] = await Promise.all([
    shownList(context, asked, searchFault, (input) => list(context, input)),
    readDetails(context, parameters.key),
    listKeyViews(context),
    readTokenPrefix(context.organization.id),
  ]);
  return { shown, details, views, named: await readNamed(context, shown), tokenPrefix, hygieneRules };
}

/**
 * The key whose id is in the search, even if a filter hides it; null if this person may see no such key, and undefined
 * if the search contains no id.
 */
async function readNamed(
  context: MemberContext,
  { list, page }: ShownList<KeyPage, KeyListInput>,
): Promise<KeyRow | null | undefined> {
  const id = keyIdIn(list.search);
  if (id === undefined) return undefined;
  return page.rows.find((row) => row.id === id) ?? readKeyRow(context, id);
}

async function readDetails(context: MemberContext, asked: unknown): Promise<KeyDetails | null> {
  const parsed = keyId.safeParse(asked);
  if (!parsed.success) return null;
  const details = await readKey(context, parsed.data);
  return details.ok ? details.value : null;
}
