"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { classNames } from "@/components/ui/class-names";
import type { PageLink } from "./settings-pages";

type SideNavigationProps = {
  /** The accessible name, shown as a heading where there is room. */
  label: string;
  pages: readonly PageLink[];
};

/** On the left of the page; on narrow screens, a strip above it. */
export function SideNavigation({ label, pages }: SideNavigationProps) {
  const pathname = usePathname();
  return (
    <nav
      aria-label={label}
      className="shrink-0 max-md:border-b max-md:bg-surface md:sticky md:top-12 md:w-52 md:self-start md:py-8 md:pl-6"
    >
      <p aria-hidden className="px-2 pb-2 font-medium text-ink-faint text-xs max-md:hidden">
        {label}
      </p>
      <ul className="flex gap-1 max-md:overflow-x-auto max-md:px-4 md:flex-col md:gap-0.5">
        {pages.map(({ label: name, href }) => {
          const current = pathname === href || pathname.startsWith(`${href}/`);
          return (
            <li key={href} className="shrink-0">
              <Link
                href={href}
                aria-current={current ? "page" : undefined}
                className={classNames(
                  "block whitespace-nowrap text-sm transition-colors",
                  "md:rounded-md md:px-2 md:py-1.5 max-md:-mb-px max-md:border-b-2 max-md:px-2 max-md:py-3",
                  current
                    ? "font-medium text-ink max-md:border-ink md:bg-subtle-strong"
                    : "text-ink-muted hover:text-ink max-md:border-transparent md:hover:bg-subtle",
                )}
              >
                {name}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
