import { keyId } from "@/lib/schemas/key";
import { keyListFromAddress } from "@/lib/schemas/key-list-address";
import type { MemberContext } from "@/lib/services/access/context";
import type { KeyDetails } from "@/lib/services/keys/read/key-view";
import type { listKeys } from "@/lib/services/keys/read/list-keys";
import { readKey } from "@/lib/services/keys/read/read-key";
import { listKeyViews } from "@/lib/services/keys/views/list-key-views";
import { shownList, type UrlParameters } from "./shown-list";

/** What a page of keys shows for these URL parameters. @param list the verb that decides whose keys are listed */
export async function shownKeys(context: MemberContext, parameters: UrlParameters, list: typeof listKeys) {
  const { list: asked, searchFault } = keyListFromAddress(parameters);
  const [shown, details, views] = await Promise.all([
    shownList(asked, searchFault, (input) => list(context, input)),
    readDetails(context, parameters.key),
    listKeyViews(context),
  ]);
  return { shown, details, views };
}

async function readDetails(context: MemberContext, asked: unknown): Promise<KeyDetails | null> {
  const parsed = keyId.safeParse(asked);
  if (!parsed.success) return null;
  const details = await readKey(context, parsed.data);
  return details.ok ? details.value : null;
}
