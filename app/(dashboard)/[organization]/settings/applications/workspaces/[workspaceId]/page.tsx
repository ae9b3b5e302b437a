import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ResourceView } from "@/components/applications/resource-view";
import { requireResource } from "@/lib/auth/require-resource";
import { readShownPeople } from "../../read-shown";

type WorkspacePageProps = {
  params: Promise<{ organization: string; workspaceId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ params }: WorkspacePageProps): Promise<Metadata> {
  const { organization, workspaceId } = await params;
  return { title: (await requireResource(organization, "workspace", workspaceId)).resource.name };
}

export default async function WorkspacePage({ params, searchParams }: WorkspacePageProps) {
  const { organization, workspaceId } = await params;
  const { context, resource } = await requireResource(organization, "workspace", workspaceId);
  const people = await readShownPeople(context, resource, await searchParams);
  if (people === null) notFound();
  return <ResourceView resource={resource} shown={{ people }} serverNow={context.origin.at} />;
}
