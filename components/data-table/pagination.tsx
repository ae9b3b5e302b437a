"use client";

import { ChevronDown, ChevronLeft, ChevronRight } from "lucide-react";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { grouped } from "@/components/ui/grouped";
import { controlStyle } from "@/components/ui/input";

type PaginationProps = {
  /** Starts at 1. */
  page: number;
  pageSize: number;
  /** Rows on all pages, or as many as are known. */
  total: number;
  /** The total as text, where it is not just the number. */
  totalText?: string | undefined;
  pageSizes: readonly number[];
  onPage: (page: number) => void;
  onPageSize: (pageSize: number) => void;
};

export function Pagination(props: PaginationProps) {
  const { page, pageSize, total, totalText, pageSizes, onPage, onPageSize } = props;
  const first = total === 0 ? 0 : (page - 1) * pageSize + 1;
  const last = Math.min(page * pageSize, total);
  return (
    <nav aria-label="Pages" className="flex items-center gap-3 text-ink-muted text-sm">
      <p role="status" className="tabular-nums">
        {grouped(first)}–{grouped(last)} of {totalText ?? grouped(total)}
      </p>
      <div className="ml-auto flex items-center gap-2">
        <span aria-hidden className="max-sm:hidden">
          Rows per page
        </span>
        <span className="relative">
          <select
            aria-label="Rows per page"
            className={classNames(controlStyle, "h-10 appearance-none pr-8 pl-2.5 sm:h-8")}
            value={pageSize}
            onChange={(event) => onPageSize(Number(event.target.value))}
          >
            {pageSizes.map((size) => (
              <option key={size}>{size}</option>
            ))}
          </select>
          <ChevronDown
            aria-hidden
            className="pointer-events-none absolute top-1/2 right-2 size-4 -translate-y-1/2 text-ink-faint"
          />
        </span>
      </div>
      <div className="flex gap-1">
        <Button size="icon" aria-label="Previous page" disabled={page <= 1} onClick={() => onPage(page - 1)}>
          <ChevronLeft aria-hidden />
        </Button>
        <Button size="icon" aria-label="Next page" disabled={last >= total} onClick={() => onPage(page + 1)}>
          <ChevronRight aria-hidden />
        </Button>
      </div>
    </nav>
  );
}
