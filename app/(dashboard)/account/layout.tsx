import type { ReactNode } from "react";
import type { PageLink } from "@/components/shell/navigation/organization-pages";
import { SideLayout } from "@/components/shell/navigation/side-layout";
import { requireUser } from "@/lib/auth/require-user";
import { maySeeOwnKeys } from "@/lib/core/access/manage-keys";
import { listMemberships } from "@/lib/services/users/list-memberships";

export default async function AccountLayout({ children }: { children: ReactNode }) {
  const { userId } = await requireUser();
  const hasKeys = (await listMemberships(userId)).some(maySeeOwnKeys);
  const pages: PageLink[] = [
    { label: "Profile", href: "/account/profile" },
    { label: "Notices", href: "/account/notices" },
    ...(hasKeys ? [{ label: "API keys", href: "/account/api-keys" } as const] : []),
    { label: "Security", href: "/account/security" },
  ];
  return (
    <SideLayout label="Account" groups={[pages]}>
      {children}
    </SideLayout>
  );
}
