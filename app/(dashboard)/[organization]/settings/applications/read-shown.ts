import type { ShownPeople } from "@/components/applications/people/people-list";
import type { ShownResources } from "@/components/applications/resource-list";
import { maySeeAllKeys } from "@/lib/core/access/manage-keys";
import type { Resource } from "@/lib/core/access/resource";
import { listFromAddress } from "@/lib/schemas/list";
import type { ResourceListInput } from "@/lib/schemas/resource";
import type { MemberContext } from "@/lib/services/access/context";
import { listGrants } from "@/lib/services/grants/list-grants";
import { readListPage } from "@/lib/services/read-list-page";
import { listResources } from "@/lib/services/resources/list-resources";

type Parameters = Readonly<Record<string, string | string[] | undefined>>;

/** The page of resources for these URL parameters; null when their parent is gone or hidden. */
export async function readShownResources(
  context: MemberContext,
  place: Pick<ResourceListInput, "type" | "applicationId">,
  parameters: Parameters,
): Promise<ShownResources | null> {
  const { list: asked, searchFault } = listFromAddress(parameters);
  const read = await readListPage({ ...asked, ...place }, (list) => listResources(context, list));
  if (!read.ok) return null;
  const { list, page } = read.value;
  // An unsearchable term shows no rows: a full list would look like its result.
  const found = searchFault === null ? page : { ...page, rows: [], total: 0 };
  return { list, searchFault, page: found, seesKeys: seesKeys(context) };
}

/** The page of people with access for these URL parameters; null when the resource is gone or hidden. */
export async function readShownPeople(
  context: MemberContext,
  { type, id }: Resource,
  parameters: Parameters,
): Promise<ShownPeople | null> {
  const { list: asked, searchFault } = listFromAddress(parameters);
  const read = await readListPage(asked, (list) => listGrants(context, { ...list, resource: { type, id } }));
  if (!read.ok) return null;
  const { list, page } = read.value;
  const found = searchFault === null ? page : { rows: [], total: 0 };
  return { list, searchFault, page: found, seesKeys: seesKeys(context) };
}

function seesKeys({ level, organization: { keyCreators } }: MemberContext): boolean {
  return maySeeAllKeys({ level, keyCreators });
}
