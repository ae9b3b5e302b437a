import type { Metadata } from "next";
import type { UrlParameters } from "@/app/(dashboard)/shown-list";
import { ResourceView } from "@/components/applications/resource-view";
import { ListPage } from "@/components/list/list-page";
import {
  type ResourceParams,
  readShownPeople,
  readShownResources,
  requireShownResource,
} from "../read-shown";

type ResourcePageProps = { params: ResourceParams; searchParams: Promise<UrlParameters> };

export async function generateMetadata({ params }: ResourcePageProps): Promise<Metadata> {
  return { title: (await requireShownResource(await params)).resource.name };
}

/** An application, a workspace or a user group. */
export default async function ResourcePage({ params, searchParams }: ResourcePageProps) {
  const { context, resource } = await requireShownResource(await params);
  const parameters = await searchParams;
  const inside = {
    type: parameters.show === "user-groups" ? "usergroup" : "workspace",
    applicationId: resource.id,
  } as const;
  const shown =
    resource.type !== "application" || parameters.show === "people"
      ? { people: await readShownPeople(context, resource, parameters) }
      : { resources: await readShownResources(context, inside, parameters) };
  return (
    <ListPage serverNow={context.origin.at}>
      <ResourceView resource={resource} shown={shown} />
    </ListPage>
  );
}
