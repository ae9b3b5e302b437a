import type { ReactNode } from "react";
import { classNames } from "@/components/ui/class-names";

/** What is known about a column before its rows load; the skeleton needs no more. */
export type ColumnLayout = {
  readonly id: string;
  /** Empty for the column of row actions. */
  readonly title: string;
  /** A class that sets the column's width. */
  readonly width: string;
  /** Stays visible when the table scrolls sideways. */
  readonly sticky?: "start" | "end";
};

/**
 * A column of a table. Files that list columns have no "use client", so that the server can render a skeleton from them.
 */
export type Column<Row, SortId extends string = never> = ColumnLayout & {
  readonly cell: (row: Row) => ReactNode;
} & (
    | { readonly sort?: undefined }
    /** Only columns that the server can sort by, with the direction of the first click. */
    | { readonly id: SortId; readonly sort: "asc" | "desc" }
  );

type Stickiness = Pick<ColumnLayout, "sticky"> | undefined;

/** Borders belong to the cells. Sticky cells are opaque so that others do not show through. */
function stickyStyle(column: Stickiness): string {
  if (column?.sticky === "start") return "sticky left-0 z-10 border-r";
  if (column?.sticky === "end") return "sticky right-0 z-10 border-l";
  return "";
}

export function headerCellStyle(column: Stickiness): string {
  return classNames(
    "h-9 whitespace-nowrap border-b bg-canvas text-left font-medium text-ink-muted text-xs",
    stickyStyle(column),
    column?.sticky === "end" ? "px-0" : "px-3",
  );
}

export function bodyCellStyle(column: Stickiness): string {
  return classNames(
    "h-11 whitespace-nowrap border-b bg-surface transition-colors group-last/row:border-b-0 group-hover/row:bg-subtle max-sm:h-12",
    stickyStyle(column),
    column?.sticky === "end" ? "px-0 text-center" : "px-3",
  );
}
