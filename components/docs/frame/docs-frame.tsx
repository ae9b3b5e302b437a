import Link from "next/link";
import type { ReactNode } from "react";
import { Brand } from "@/components/shell/brand";
import { SkipLink } from "@/components/shell/skip-link";
import { DocsSearch } from "../search/docs-search";
import { DocsProvider } from "./docs-context";
import { DocsNavigation, PhoneNavigation } from "./docs-navigation";
import type { DocsSection } from "./docs-sections";

type DocsFrameProps = { sections: readonly DocsSection[]; children: ReactNode };

/** The bar above each documentation page, and the navigation beside it. These pages are public. */
export function DocsFrame({ sections, children }: DocsFrameProps) {
  return (
    <>
      <SkipLink />
      <header className="sticky top-0 z-30 border-b bg-surface">
        <div className="mx-auto flex h-12 max-w-7xl items-center gap-3 px-4 md:px-8">
          <Link href="/docs" prefetch={false} className="flex items-center gap-2 rounded-md text-sm">
            <Brand narrow />
            <span className="text-ink-muted">Docs</span>
          </Link>
          <DocsSearch />
          <nav aria-label="Elsewhere" className="flex items-center gap-1">
            <a
              href="/v1/openapi.json"
              className="rounded-md px-2 py-1 text-ink-muted text-sm hover:bg-subtle hover:text-ink max-md:hidden"
            >
              OpenAPI
            </a>
            <a
              href="/"
              className="rounded-md px-2 py-1 text-ink-muted text-sm hover:bg-subtle hover:text-ink"
            >
              Dashboard
            </a>
          </nav>
        </div>
        <PhoneNavigation sections={sections} />
      </header>
      {/* Unlike the dashboard, this prose may be machine-translated. */}
      <div translate="yes" className="mx-auto flex max-w-7xl">
        <nav
          aria-label="Documentation"
          className="sticky top-12 hidden max-h-[calc(100dvh-3rem)] w-60 shrink-0 self-start overflow-y-auto py-8 pl-6 md:block"
        >
          <DocsNavigation sections={sections} />
        </nav>
        <DocsProvider>{children}</DocsProvider>
      </div>
    </>
  );
}
