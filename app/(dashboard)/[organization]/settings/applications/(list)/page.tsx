import type { Metadata } from "next";
import type { UrlParameters } from "@/app/(dashboard)/shown-list";
import { ApplicationsView } from "@/components/applications/applications-view";
import { ListPage } from "@/components/list/list-page";
import { requireContext } from "@/lib/auth/require-context";
import { readShownResources } from "../read-shown";

export const metadata: Metadata = { title: "Applications" };

type ApplicationsPageProps = {
  params: Promise<{ organization: string }>;
  searchParams: Promise<UrlParameters>;
};

export default async function ApplicationsPage({ params, searchParams }: ApplicationsPageProps) {
  const context = await requireContext((await params).organization);
  const parameters = await searchParams;
  const type = parameters.show === "user-groups" ? "usergroup" : "application";
  const shown = await readShownResources(context, { type, applicationId: null }, parameters);
  return (
    <ListPage serverNow={context.origin.at}>
      <ApplicationsView shown={shown} />
    </ListPage>
  );
}
