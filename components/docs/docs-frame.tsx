import Link from "next/link";
import type { ReactNode } from "react";
import { Brand } from "@/components/shell/brand";
import { SkipLink } from "@/components/shell/skip-link";

const pages = [
  { href: "/docs", label: "Reference" },
  { href: "/docs/errors", label: "Errors" },
] as const;

/** The bar above each documentation page. These pages are public. */
export function DocsFrame({ children }: { children: ReactNode }) {
  return (
    <>
      <SkipLink />
      <header className="sticky top-0 z-30 flex h-12 items-center gap-4 border-b bg-surface px-4 md:px-6">
        <Link href="/" className="rounded-md">
          <Brand narrow />
        </Link>
        <nav aria-label="Documentation" className="flex items-center gap-1">
          {pages.map(({ href, label }) => (
            <Link
              key={href}
              href={href}
              className="rounded-md px-2 py-1 text-ink-muted text-sm hover:bg-subtle hover:text-ink"
            >
              {label}
            </Link>
          ))}
          <a
            href="/v1/openapi.json"
            className="rounded-md px-2 py-1 text-ink-muted text-sm hover:bg-subtle hover:text-ink"
          >
            OpenAPI
          </a>
        </nav>
      </header>
      {/* Unlike the dashboard, this prose may be machine-translated. */}
      <div translate="yes" className="contents">
        {children}
      </div>
    </>
  );
}
