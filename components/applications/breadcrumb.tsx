import { ChevronRight } from "lucide-react";
import Link from "next/link";

type BreadcrumbProps = {
  /** From the root down to this page's parent. */
  above: readonly { readonly name: string; readonly href: string }[];
  current: string;
};

export function Breadcrumb({ above, current }: BreadcrumbProps) {
  return (
    <nav aria-label="Breadcrumb">
      <ol className="flex min-w-0 items-center gap-1 text-ink-muted text-sm">
        {above.map(({ name, href }) => (
          // Parents get the space first; the heading below repeats the current page.
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
