"use client";

import { ArrowDown, ArrowUp } from "lucide-react";
import type { ReactNode } from "react";

type ColumnHeaderProps = {
  className: string;
  sorted: "asc" | "desc" | false;
  /** Undefined if the column is not sortable. */
  onSort: (() => void) | undefined;
  children: ReactNode;
};

export function ColumnHeader({ className, sorted, onSort, children }: ColumnHeaderProps) {
  if (onSort === undefined) {
    return (
      <th scope="col" className={className}>
        {children}
      </th>
    );
  }
  const Arrow = sorted === "asc" ? ArrowUp : ArrowDown;
  return (
    <th
      scope="col"
      className={className}
      aria-sort={sorted === false ? "none" : sorted === "asc" ? "ascending" : "descending"}
    >
      <button
        type="button"
        onClick={onSort}
        className="group/sort -mx-1 inline-flex items-center gap-1 rounded px-1 py-0.5 transition-colors hover:text-ink aria-[sort]:text-ink"
      >
        {children}
        <Arrow
          aria-hidden
          className={
            sorted === false
              ? "size-3.5 text-ink-faint opacity-0 group-hover/sort:opacity-100 group-focus-visible/sort:opacity-100"
              : "size-3.5 text-ink"
          }
        />
      </button>
    </th>
  );
}
