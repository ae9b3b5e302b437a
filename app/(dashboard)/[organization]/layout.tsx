import type { ReactNode } from "react";
import { organizationPages } from "@/components/shell/navigation/organization-pages";
import { SideLayout } from "@/components/shell/navigation/side-layout";
import { requireContext } from "@/lib/auth/require-context";

type OrganizationLayoutProps = { params: Promise<{ organization: string }>; children: ReactNode };

export default async function OrganizationLayout({ params, children }: OrganizationLayoutProps) {
  const { organization, level } = await requireContext((await params).organization);
  return (
    <SideLayout label="Settings" groups={organizationPages({ ...organization, level })}>
      {children}
    </SideLayout>
  );
}
