import type { ReactNode } from "react";
import { settingsPages } from "@/components/shell/settings-pages";
import { SideLayout } from "@/components/shell/side-layout";
import { requireContext } from "@/lib/auth/require-context";

type SettingsLayoutProps = { params: Promise<{ organization: string }>; children: ReactNode };

export default async function SettingsLayout({ params, children }: SettingsLayoutProps) {
  const { organization, level } = await requireContext((await params).organization);
  return (
    <SideLayout label="Settings" pages={settingsPages({ ...organization, level })}>
      {children}
    </SideLayout>
  );
}
