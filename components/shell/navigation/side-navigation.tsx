"use client";

import Link, { useLinkStatus } from "next/link";
import { usePathname } from "next/navigation";
import { type ReactNode, useEffect, useRef } from "react";
import { classNames } from "@/components/ui/class-names";
import { ShortcutsButton } from "../keyboard/shortcuts-button";
import type { PageLink } from "./organization-pages";

type DrawnPage = PageLink & { readonly icon: ReactNode };

type SideNavigationProps = { label: string; groups: readonly (readonly DrawnPage[])[] };

/** Navigation at the left of the page: a rail of icons where space is short, and a strip above the page on a phone. */
export function SideNavigation({ label, groups }: SideNavigationProps) {
  const pathname = usePathname();
  const strip = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page has another entry to show.
  useEffect(() => showCurrent(strip.current), [pathname]);
  return (
    <div className="shrink-0 print:hidden max-md:border-b max-md:bg-surface md:sticky md:top-12 md:z-20 md:flex md:h-[calc(100dvh-3rem)] md:w-14 md:flex-col md:py-6 md:pl-3 xl:w-50 xl:overflow-y-auto xl:pl-4">
      <nav
        ref={strip}
        aria-label={label}
        onFocus={({ target }) => target.scrollIntoView({ block: "nearest", inline: "nearest" })}
        className="flex gap-1 max-md:overflow-x-auto max-md:px-4 max-md:[scrollbar-width:none] md:flex-col md:gap-4"
      >
        {groups.map((pages) => (
          <ul key={pages[0]?.href} className="flex gap-1 md:grid md:gap-0.5">
            {pages.map((page) => (
              <li key={page.href} className="shrink-0">
                <Entry page={page} current={isCurrent(page, pathname)} />
              </li>
            ))}
          </ul>
        ))}
      </nav>
      <nav aria-label="Help" className="mt-auto max-xl:hidden">
        <ul className="grid gap-0.5 text-[0.8125rem] text-ink-faint">
          <li>
            <a href="/docs" className="flex h-7 items-center rounded-md px-2 hover:bg-subtle hover:text-ink">
              API documentation
            </a>
          </li>
          <li>
            <ShortcutsButton className="flex h-7 w-full items-center justify-between rounded-md px-2 hover:bg-subtle hover:text-ink">
              Keyboard shortcuts
            </ShortcutsButton>
          </li>
        </ul>
      </nav>
    </div>
  );
}

function Entry({ page: { label, href, icon }, current }: { page: DrawnPage; current: boolean }) {
  return (
    <Link
      href={href}
      aria-current={current ? "page" : undefined}
      className={classNames(
        "group relative flex items-center whitespace-nowrap text-sm transition-colors",
        "max-md:-mb-px max-md:border-b-2 max-md:px-2 max-md:py-3 max-md:[&>svg]:hidden",
        "md:h-8 md:gap-2.5 md:rounded-md md:px-2 md:max-xl:w-11 md:max-xl:justify-center",
        current
          ? "font-medium text-ink max-md:border-ink md:bg-subtle-strong md:forced-colors:-outline-offset-1 md:forced-colors:outline-1 md:forced-colors:outline"
          : "text-ink-muted hover:text-ink max-md:border-transparent max-md:forced-colors:border-[Canvas] md:hover:bg-subtle [&>svg]:text-ink-faint",
      )}
    >
      {icon}
      {/* In the rail the label is a tooltip. It is always rendered, since it is the link's name. */}
      <span
        className={classNames(
          "min-w-0 truncate xl:flex-1",
          "md:max-xl:pointer-events-none md:max-xl:absolute md:max-xl:left-[calc(100%+0.5rem)] md:max-xl:rounded-md md:max-xl:bg-ink md:max-xl:px-2 md:max-xl:py-1 md:max-xl:font-normal md:max-xl:text-canvas md:max-xl:text-xs md:max-xl:opacity-0",
          "md:max-xl:group-hover:opacity-100 md:max-xl:group-focus-visible:opacity-100",
        )}
      >
        {label}
      </span>
      <Pending />
    </Link>
  );
}

/** A dot that appears 100 ms after a click if the page is still loading. */
function Pending() {
  const { pending } = useLinkStatus();
  return (
    <span
      aria-hidden
      className={classNames(
        "size-1.5 rounded-full bg-accent-ink opacity-0 transition-opacity delay-100 max-xl:absolute max-xl:top-1 max-xl:right-1",
        pending && "opacity-100",
      )}
    />
  );
}

function isCurrent({ href, exact }: PageLink, pathname: string): boolean {
  return pathname === href || (!exact && pathname.startsWith(`${href}/`));
}

/** Scrolls only the phone's strip, not the page. */
function showCurrent(strip: HTMLElement | null) {
  const current = strip?.querySelector<HTMLElement>("[aria-current]");
  if (strip === null || !current) return;
  const [entry, shown] = [current.getBoundingClientRect(), strip.getBoundingClientRect()];
  strip.scrollLeft += entry.left - shown.left - (shown.width - entry.width) / 2;
}
