import { notFound } from "next/navigation";
import { shownList, type UrlParameters } from "@/app/(dashboard)/shown-list";
import type { ShownPeople } from "@/components/applications/people/people-list";
import type { ShownResources } from "@/components/applications/resource-list";
import { resourceOfPath } from "@/components/applications/resource-words";
import { requireResource } from "@/lib/auth/require-resource";
import { maySeeAllKeys } from "@/lib/core/access/manage-keys";
import type { Resource } from "@/lib/core/access/resource";
import { listFromAddress } from "@/lib/schemas/list";
import type { ResourceListInput } from "@/lib/schemas/resource";
import type { MemberContext } from "@/lib/services/access/context";
import { listGrants } from "@/lib/services/grants/list-grants";
import { listResources } from "@/lib/services/resources/list-resources";

export type ResourceParams = Promise<{ organization: string; resource: string[] }>;

/** The resource that the URL names. */
export function requireShownResource({ organization, resource }: Awaited<ResourceParams>) {
  const named = resourceOfPath(resource);
  if (named === null) notFound();
  return requireResource(organization, named.type, named.id);
}

/** The page of resources for these URL parameters; not found when their parent is gone or hidden. */
export async function readShownResources(
  context: MemberContext,
  place: Pick<ResourceListInput, "type" | "applicationId">,
  parameters: UrlParameters,
): Promise<ShownResources> {
  const { list, searchFault } = listFromAddress(parameters);
  const shown = await shownList(context, { ...list, ...place }, searchFault, (asked) =>
    listResources(context, asked),
  );
  return { ...shown, seesKeys: seesKeys(context) };
}

/** The page of people with access for these URL parameters; not found when the resource is gone or hidden. */
export async function readShownPeople(
  context: MemberContext,
  { type, id }: Resource,
  parameters: UrlParameters,
): Promise<ShownPeople> {
  const { list, searchFault } = listFromAddress(parameters);
  const shown = await shownList(context, list, searchFault, (asked) =>
    listGrants(context, { ...asked, resource: { type, id } }),
  );
  return { ...shown, seesKeys: seesKeys(context) };
}

function seesKeys({ level, organization: { keyCreators } }: MemberContext): boolean {
  return maySeeAllKeys({ level, keyCreators });
}
