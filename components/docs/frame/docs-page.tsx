import Link from "next/link";
import type { ReactNode } from "react";
import { PageHeading } from "@/components/shell/page-heading";
import type { DocsLink, Neighbours } from "./docs-sections";

type DocsPageProps = {
  title: string;
  /** A sentence about the page, shown below the title. */
  about?: string;
  neighbours: Neighbours;
  wide?: boolean;
  children: ReactNode;
};

/** The layout of every documentation page: heading, content, and links to the previous and next pages. */
export function DocsPage({ title, about, neighbours, wide = false, children }: DocsPageProps) {
  const { previous, next } = neighbours;
  return (
    <main
      id="main"
      tabIndex={-1}
      className={`min-w-0 flex-1 px-4 py-6 outline-none md:px-8 md:py-8 ${wide ? "max-w-6xl" : "max-w-3xl"}`}
    >
      <PageHeading title={title}>{about}</PageHeading>
      <div className="mt-6">{children}</div>
      <nav aria-label="Previous and next page" className="mt-12 flex flex-wrap gap-3 border-t pt-4">
        {previous && <PageLink link={previous} label="Previous" />}
        {next && <PageLink link={next} label="Next" className="ml-auto text-right" />}
      </nav>
    </main>
  );
}

function PageLink({ link, label, className = "" }: { link: DocsLink; label: string; className?: string }) {
  return (
    <Link
      href={link.href}
      prefetch={false}
      className={`grid min-w-0 gap-0.5 rounded-md border bg-surface px-3 py-2 hover:bg-subtle ${className}`}
    >
      <span className="text-ink-muted text-xs">{label}</span>
      <span className="font-medium text-ink text-sm [overflow-wrap:anywhere]">{link.title}</span>
    </Link>
  );
}
