import type { ReactNode } from "react";
import { requireResource } from "@/lib/auth/require-resource";

type WorkspaceLayoutProps = {
  params: Promise<{ organization: string; workspaceId: string }>;
  children: ReactNode;
};

/** Checked here as well as in the page: once loading.tsx is sent the status is 200, and this must be a 404. */
export default async function WorkspaceLayout({ params, children }: WorkspaceLayoutProps) {
  const { organization, workspaceId } = await params;
  await requireResource(organization, "workspace", workspaceId);
  return children;
}
