import type { ReactNode } from "react";
import type { PageLink } from "./settings-pages";
import { SideNavigation } from "./side-navigation";

type SideLayoutProps = { label: string; pages: readonly PageLink[]; children: ReactNode };

/** Navigation on the left, content on the right; stacked on a phone. */
export function SideLayout({ label, pages, children }: SideLayoutProps) {
  return (
    <div className="md:flex">
      <SideNavigation label={label} pages={pages} />
      <main id="main" tabIndex={-1} className="min-w-0 flex-1 px-4 py-6 outline-none md:py-8 md:pr-6 md:pl-8">
        {children}
      </main>
    </div>
  );
}
