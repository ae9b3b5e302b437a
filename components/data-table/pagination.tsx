"use client";

import { ChevronDown, ChevronLeft, ChevronRight } from "lucide-react";
import { useRef } from "react";
import { Button } from "@/components/ui/button";
import { useEarlyInput } from "@/components/ui/choice/use-early-input";
import { classNames } from "@/components/ui/class-names";
import { grouped } from "@/components/ui/grouped";
import { controlStyle } from "@/components/ui/input";

type PaginationProps = {
  /** Starts at 1. */
  page: number;
  pageSize: number;
  /** The number of rows on all pages, as far as it is known. */
  total: number;
  /** The total as text, if it is more than a number, such as "500+". */
  totalText?: string | undefined;
  /** What the rows are: "keys". */
  what: string;
  pageSizes: readonly number[];
  onPage: (page: number) => void;
  onPageSize: (pageSize: number) => void;
};

function singular(what: string): string {
  return what === "people" ? "person" : what.replace(/s$/, "");
}

/** The foot of a table. */
export function Pagination(props: PaginationProps) {
  const { page, pageSize, total, totalText, what, pageSizes, onPage, onPageSize } = props;
  const first = total === 0 ? 0 : (page - 1) * pageSize + 1;
  const last = Math.min(page * pageSize, total);
  const select = useRef<HTMLSelectElement>(null);
  const choose = (size: string) => onPageSize(Number(size));
  useEarlyInput(() => select.current?.value, String(pageSize), choose);
  return (
    <nav
      aria-label="Pages"
      className="flex min-h-11 items-center gap-3 text-[0.8125rem] text-ink-muted max-md:text-sm"
    >
      <p role="status" className="tabular-nums">
        {grouped(first)}–{grouped(last)} of {totalText ?? grouped(total)}
        {total > 0 && ` ${total === 1 ? singular(what) : what}`}
      </p>
      <div className="ml-auto flex items-center gap-3">
        <span aria-hidden className="max-md:hidden">
          Rows per page
        </span>
        <span className="relative">
          <select
            ref={select}
            aria-label="Rows per page"
            // A browser would restore an earlier visit's choice.
            autoComplete="off"
            className={classNames(controlStyle, "h-11 appearance-none pr-7 pl-2.5 text-[0.8125rem]! md:h-7")}
            value={pageSize}
            onChange={({ target }) => choose(target.value)}
          >
            {pageSizes.map((size) => (
              <option key={size}>{size}</option>
            ))}
          </select>
          <ChevronDown
            aria-hidden
            className="pointer-events-none absolute top-1/2 right-2 size-3.5 -translate-y-1/2 text-ink-faint"
          />
        </span>
      </div>
      <div className="flex gap-1">
        <Button
          size="icon"
          className="max-md:size-11 md:size-7!"
          aria-label="Previous page"
          resting={page <= 1}
          onClick={() => onPage(page - 1)}
        >
          <ChevronLeft aria-hidden />
        </Button>
        <Button
          size="icon"
          className="max-md:size-11 md:size-7!"
          aria-label="Next page"
          resting={last >= total}
          onClick={() => onPage(page + 1)}
        >
          <ChevronRight aria-hidden />
        </Button>
      </div>
    </nav>
  );
}
