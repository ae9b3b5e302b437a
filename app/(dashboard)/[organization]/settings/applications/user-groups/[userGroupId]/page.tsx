import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ResourceView } from "@/components/applications/resource-view";
import { requireResource } from "@/lib/auth/require-resource";
import { readShownPeople } from "../../read-shown";

type UserGroupPageProps = {
  params: Promise<{ organization: string; userGroupId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ params }: UserGroupPageProps): Promise<Metadata> {
  const { organization, userGroupId } = await params;
  return { title: (await requireResource(organization, "usergroup", userGroupId)).resource.name };
}

export default async function UserGroupPage({ params, searchParams }: UserGroupPageProps) {
  const { organization, userGroupId } = await params;
  const { context, resource } = await requireResource(organization, "usergroup", userGroupId);
  const people = await readShownPeople(context, resource, await searchParams);
  if (people === null) notFound();
  return <ResourceView resource={resource} shown={{ people }} serverNow={context.origin.at} />;
}
