import type { ReactNode } from "react";
import { requireResource } from "@/lib/auth/require-resource";

type ApplicationLayoutProps = {
  params: Promise<{ organization: string; applicationId: string }>;
  children: ReactNode;
};

/** Checked here as well as in the page: once loading.tsx is sent the status is 200, and this must be a 404. */
export default async function ApplicationLayout({ params, children }: ApplicationLayoutProps) {
  const { organization, applicationId } = await params;
  await requireResource(organization, "application", applicationId);
  return children;
}
