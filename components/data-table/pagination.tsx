"use client";

import { ChevronLeft, ChevronRight } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/select";

type PaginationProps = {
  /** 1 is the first. */
  page: number;
  pageSize: number;
  /** Rows on all pages. */
  total: number;
  pageSizes: readonly number[];
  onPage: (page: number) => void;
  onPageSize: (pageSize: number) => void;
};

export function Pagination({ page, pageSize, total, pageSizes, onPage, onPageSize }: PaginationProps) {
  const first = total === 0 ? 0 : (page - 1) * pageSize + 1;
  const last = Math.min(page * pageSize, total);
  const options = pageSizes.map((size) => ({ value: String(size), label: String(size), text: String(size) }));
  return (
    <nav aria-label="Pages" className="flex items-center gap-3 text-ink-muted text-sm">
      <p role="status" className="tabular-nums">
        {first}–{last} of {total}
      </p>
      <div className="ml-auto flex items-center gap-2">
        <span aria-hidden className="max-sm:hidden">
          Rows per page
        </span>
        <Select
          aria-label="Rows per page"
          className="w-20"
          value={String(pageSize)}
          onValueChange={(size) => onPageSize(Number(size))}
          options={options}
        />
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
