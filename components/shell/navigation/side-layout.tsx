import {
  Activity,
  Bell,
  Box,
  KeyRound,
  Lock,
  type LucideIcon,
  ScrollText,
  SlidersHorizontal,
  Tags,
  UserRound,
  Users,
  Webhook,
} from "lucide-react";
import type { ReactNode } from "react";
import { PageNotes } from "../states/page-notes";
import type { PageLink, PageName } from "./organization-pages";
import { SideNavigation } from "./side-navigation";

type SideLayoutProps = {
  label: string;
  groups: readonly (readonly PageLink[])[];
  children: ReactNode;
};

const icons: Readonly<Record<PageName, LucideIcon>> = {
  Overview: Activity,
  "API keys": KeyRound,
  Members: Users,
  Applications: Box,
  Roles: Tags,
  Webhooks: Webhook,
  "Audit log": ScrollText,
  General: SlidersHorizontal,
  Profile: UserRound,
  Notices: Bell,
  Security: Lock,
};

/** Navigation on the left, content on the right; stacked on a phone. */
export function SideLayout({ label, groups, children }: SideLayoutProps) {
  // Icons are rendered here on the server, so that the browser loads no code for them.
  const drawn = groups.map((pages) =>
    pages.map((page) => {
      const Icon = icons[page.label];
      return { ...page, icon: <Icon aria-hidden className="size-4 shrink-0" /> };
    }),
  );
  return (
    <div className="md:flex">
      <SideNavigation label={label} groups={drawn.filter((pages) => pages.length > 0)} />
      <main
        id="main"
        tabIndex={-1}
        className="min-w-0 max-w-[93rem] flex-1 p-4 outline-none md:py-6 min-[1400px]:px-6"
      >
        <PageNotes />
        {children}
      </main>
    </div>
  );
}
