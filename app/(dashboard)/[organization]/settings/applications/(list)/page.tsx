import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ApplicationsView } from "@/components/applications/applications-view";
import { requireContext } from "@/lib/auth/require-context";
import { readShownResources } from "../read-shown";

export const metadata: Metadata = { title: "Applications" };

type ApplicationsPageProps = {
  params: Promise<{ organization: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function ApplicationsPage({ params, searchParams }: ApplicationsPageProps) {
  const context = await requireContext((await params).organization);
  const parameters = await searchParams;
  const type = parameters.show === "user-groups" ? "usergroup" : "application";
  const shown = await readShownResources(context, { type, applicationId: null }, parameters);
  if (shown === null) notFound();
  return <ApplicationsView {...shown} serverNow={context.origin.at} />;
}
