import type { ReactNode } from "react";
import { SideLayout } from "@/components/shell/side-layout";
import { requireUser } from "@/lib/auth/require-user";
import { maySeeOwnKeys } from "@/lib/core/access/manage-keys";
import { listMemberships } from "@/lib/services/users/list-memberships";

export default async function AccountLayout({ children }: { children: ReactNode }) {
  const { userId } = await requireUser();
  const hasKeys = (await listMemberships(userId)).some(maySeeOwnKeys);
  const pages = [
    { label: "Profile", href: "/account/profile" },
    ...(hasKeys ? [{ label: "API keys", href: "/account/api-keys" }] : []),
    { label: "Security", href: "/account/security" },
  ];
  return (
    <SideLayout label="Account" pages={pages}>
      {children}
    </SideLayout>
  );
}
