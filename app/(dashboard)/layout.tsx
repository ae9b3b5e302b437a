import type { ReactNode } from "react";
import { SignedInEmailProvider } from "@/components/forms/password/signed-in-email";
import { NoticeBell } from "@/components/notices/notice-bell";
import { KeyboardProvider } from "@/components/shell/keyboard/keyboard-provider";
import { SkipLink } from "@/components/shell/skip-link";
import { TopBar } from "@/components/shell/top-bar";
import { requireUser } from "@/lib/auth/require-user";
import { countUnreadNotices } from "@/lib/services/notices/list-notices";
import { listMemberships } from "@/lib/services/users/list-memberships";

export default async function DashboardLayout({ children }: { children: ReactNode }) {
  const { userId, name, email } = await requireUser();
  const [memberships, unread] = await Promise.all([listMemberships(userId), countUnreadNotices(userId)]);
  return (
    <SignedInEmailProvider email={email}>
      <SkipLink />
      <KeyboardProvider memberships={memberships}>
        <TopBar person={{ name, email }} memberships={memberships} bell={<NoticeBell unread={unread} />} />
        {children}
      </KeyboardProvider>
    </SignedInEmailProvider>
  );
}
