import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ResourceView } from "@/components/applications/resource-view";
import { requireResource } from "@/lib/auth/require-resource";
import { readShownPeople, readShownResources } from "../read-shown";

type ApplicationPageProps = {
  params: Promise<{ organization: string; applicationId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ params }: ApplicationPageProps): Promise<Metadata> {
  const { organization, applicationId } = await params;
  return { title: (await requireResource(organization, "application", applicationId)).resource.name };
}

export default async function ApplicationPage({ params, searchParams }: ApplicationPageProps) {
  const { organization, applicationId } = await params;
  const { context, resource } = await requireResource(organization, "application", applicationId);
  const parameters = await searchParams;
  if (parameters.show === "people") {
    const people = await readShownPeople(context, resource, parameters);
    if (people === null) notFound();
    return <ResourceView resource={resource} shown={{ people }} serverNow={context.origin.at} />;
  }
  const type = parameters.show === "user-groups" ? "usergroup" : "workspace";
  const resources = await readShownResources(context, { type, applicationId }, parameters);
  if (resources === null) notFound();
  return <ResourceView resource={resource} shown={{ resources }} serverNow={context.origin.at} />;
}
