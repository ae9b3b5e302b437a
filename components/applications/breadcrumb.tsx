import { ChevronRight } from "lucide-react";
import Link from "next/link";

type BreadcrumbProps = {
  /** From the top down to the one above this page. */
  above: readonly { readonly name: string; readonly href: string }[];
  /** This page. */
  current: string;
};

/** Where a page is. */
export function Breadcrumb({ above, current }: BreadcrumbProps) {
  return (
    <nav aria-label="Breadcrumb">
      <ol className="flex min-w-0 items-center gap-1 text-ink-muted text-sm">
        {above.map(({ name, href }) => (
          // What is above has its room first: the heading below says the rest.
          <li key={href} className="flex max-w-32 shrink-0 items-center gap-1 sm:max-w-80">
            <Link href={href} title={name} className="truncate rounded py-1 hover:text-ink hover:underline">
              {name}
            </Link>
            <ChevronRight aria-hidden className="size-3.5 shrink-0 text-ink-faint" />
          </li>
        ))}
        <li aria-current="page" title={current} className="min-w-0 truncate">
          {current}
        </li>
      </ol>
    </nav>
  );
}
