"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import type { DocsLink, DocsSection } from "./docs-sections";

type Sections = { sections: readonly DocsSection[] };

const isOpen = ({ href, pages }: DocsSection, path: string) =>
  href === path || pages.some((page) => page.href === path);

/** The pages of the documentation; a topic lists its operations while one of its pages is open. */
export function DocsNavigation({ sections }: Sections) {
  const path = usePathname();
  return (
    <ul className="grid gap-0.5">
      {sections.map((section) => (
        <li key={section.href}>
          <PageLink
            link={section}
            path={path}
            className={section.isTopic ? "ml-2 text-ink" : "font-medium text-ink"}
          />
          {isOpen(section, path) && section.pages.length > 0 && (
            <ul className="mb-2 ml-4 border-l pl-1">
              {section.pages.map((page) => (
                <li key={page.href}>
                  <PageLink link={page} path={path} className="text-ink-muted" />
                </li>
              ))}
            </ul>
          )}
        </li>
      ))}
    </ul>
  );
}

function PageLink({ link, path, className }: { link: DocsLink; path: string; className: string }) {
  return (
    <Link
      href={link.href}
      prefetch={false}
      aria-current={link.href === path ? "page" : undefined}
      className={`block rounded-md px-2 py-1 text-sm hover:bg-subtle hover:text-ink aria-[current=page]:bg-accent-soft aria-[current=page]:text-accent-ink max-md:py-2.5 ${className}`}
    >
      {link.title}
    </Link>
  );
}

/** The same list on a phone: it opens below the bar and closes when a page is chosen. */
export function PhoneNavigation({ sections }: Sections) {
  const path = usePathname();
  const open = sections.find((section) => isOpen(section, path));
  const page = open?.pages.find(({ href }) => href === path);
  return (
    <details key={path} className="group border-t md:hidden">
      <summary className="flex h-10 cursor-pointer list-none items-center gap-2 px-4 text-sm [&::-webkit-details-marker]:hidden">
        <svg aria-hidden viewBox="0 0 16 16" className="size-4 shrink-0 text-ink-muted group-open:rotate-90">
          <path d="M6 4l4 4-4 4" fill="none" stroke="currentColor" strokeWidth="1.5" />
        </svg>
        <span className="text-ink-muted">Contents</span>
        <span className="min-w-0 truncate text-ink">
          {open?.title}
          {page && `: ${page.title}`}
        </span>
      </summary>
      <nav
        aria-label="Contents"
        className="max-h-[calc(100dvh-5.5rem)] overflow-y-auto overscroll-contain border-t bg-surface px-2 py-2"
      >
        <DocsNavigation sections={sections} />
      </nav>
    </details>
  );
}
