import type { ReactNode } from "react";
import { requireResource } from "@/lib/auth/require-resource";

type UserGroupLayoutProps = {
  params: Promise<{ organization: string; userGroupId: string }>;
  children: ReactNode;
};

/** Checked here as well as in the page: once loading.tsx is sent the status is 200, and this must be a 404. */
export default async function UserGroupLayout({ params, children }: UserGroupLayoutProps) {
  const { organization, userGroupId } = await params;
  await requireResource(organization, "usergroup", userGroupId);
  return children;
}
