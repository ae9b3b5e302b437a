import type { ReactNode } from "react";
import { classNames } from "@/components/ui/class-names";

/** Where a phone places a cell: its rows have two lines. */
export type PhonePlace = "title" | "aside" | "whole" | "end" | "about" | "rest" | "actions";

/** What is known about a column before its rows load; the skeleton needs no more. */
export type ColumnLayout = {
  readonly id: string;
  /** Empty for the column of row actions. */
  readonly title: string;
  /**
   * Classes for the column's width and for hiding it in a narrow table. Empty for the column that takes the remaining
   * width.
   */
  readonly width: string;
  /** Stays visible when the table scrolls sideways. */
  readonly sticky?: "start" | "end";
  /** Phones show only the columns with a place. */
  readonly phone?: PhonePlace;
  /** Set for numbers. */
  readonly align?: "right";
};

/** A column of a table. */
export type Column<Row, SortId extends string = never> = ColumnLayout & {
  readonly cell: (row: Row) => ReactNode;
} & (
    | { readonly sort?: undefined }
    /** Only columns that the server can sort by, with the direction of the first click. */
    | { readonly id: SortId; readonly sort: "asc" | "desc" }
  );

/** What each column shows for a row. */
export type Cells<Layouts extends readonly ColumnLayout[], Row> = Readonly<
  Record<Layouts[number]["id"], (row: Row) => ReactNode>
>;

/**
 * Combines column layouts with their cells. They are in separate files because the server renders skeletons from the
 * layouts alone: importing the cells would add every dialog that a cell can open to the page's first load.
 */
export function withCells<Id extends string, Row>(
  layouts: readonly (ColumnLayout & { readonly id: Id })[],
  cells: Readonly<Record<Id, (row: Row) => ReactNode>>,
): readonly Column<Row>[] {
  return layouts.map((layout) => ({ ...layout, cell: cells[layout.id] }));
}

const phonePlaces: Record<PhonePlace, string> = {
  title: "max-md:col-span-2 max-md:col-start-1 max-md:row-start-1",
  aside: "max-md:col-start-3 max-md:row-start-1 max-md:pl-3! max-md:text-sm!",
  whole: "max-md:col-span-2 max-md:col-start-1 max-md:row-span-2 max-md:row-start-1",
  about: "max-md:col-start-1 max-md:row-start-2 max-md:text-ink-muted! max-md:text-sm!",
  rest: "max-md:col-span-2 max-md:group-has-[[data-attention]]/row:col-span-1 max-md:col-start-2 max-md:row-start-2 max-md:pl-1! max-md:text-sm!",
  end: "max-md:pl-3! max-md:col-start-3 max-md:row-span-2 max-md:row-start-1 max-md:justify-self-end",
  actions: "max-md:col-start-4 max-md:row-span-2 max-md:row-start-1 max-md:-mr-3",
};

/** On phones, rows leave room for the checkbox at their left edge. */
const selectPlace =
  "max-md:hidden! max-md:group-data-selecting/list:block! max-md:absolute max-md:top-1/2 max-md:left-1 max-md:-translate-y-1/2";

/** A container query makes the table adapt to its own width rather than the window's. On phones it fills the width. */
export const frameStyle =
  "group/frame @container/table rounded-lg border bg-surface max-md:-mx-4 max-md:rounded-none max-md:border-x-0";

/** A table that scrolls sideways also scrolls vertically on its own, since its header cannot stick to the page. */
export const scrollerStyle =
  "md:max-h-[calc(100dvh-8rem)] md:scroll-pt-9 md:scroll-pr-10 md:scroll-pl-67 md:overflow-auto md:overscroll-x-contain md:rounded-t-[7px]";

/**
 * The style of all rows and cells, set once on the table instead of on thousands of cells. A cell needs `!` to override
 * it.
 */
export const tableStyle = classNames(
  "w-full table-fixed border-separate border-spacing-0 text-[0.8125rem] leading-4.5 max-md:block",
  "[&_th]:h-9 [&_th]:whitespace-nowrap [&_th]:border-b [&_th]:bg-canvas [&_th]:px-2.5 [&_th]:text-left [&_th]:font-medium [&_th]:text-ink-muted [&_th]:text-xs",
  "[&_th:first-child]:rounded-tl-[7px] [&_th:last-child]:rounded-tr-[7px]",
  "[&_td]:h-12 [&_td]:whitespace-nowrap [&_td]:px-2.5 md:[&_td]:border-b md:[&_tr:last-child>td]:border-b-0 data-[density=compact]:md:[&_td]:h-9",
  // A compact table hides the second line of each cell.
  "md:data-[density=compact]:[&_[data-second]]:hidden",
  // In tables this narrow the bars are below the text, where a compact row has no room.
  "md:@max-[1152px]/table:data-[density=compact]:[&_[data-spark]]:hidden",
  "max-md:[&>tbody]:block max-md:[&>thead]:hidden max-md:[&_td]:block max-md:[&_td]:h-auto max-md:[&_td]:w-auto max-md:[&_td]:min-w-0 max-md:[&_td]:px-0",
);

export const rowStyle =
  // Phones render only the rows in view. This has no effect on real table rows.
  "max-md:[content-visibility:auto] max-md:[contain-intrinsic-block-size:auto_4rem] " +
  "group/row bg-surface transition-colors duration-100 hover:bg-row-hover has-focus-visible:bg-row-hover data-selected:bg-row-selected " +
  "max-md:group-data-selecting/list:relative max-md:group-data-selecting/list:pl-11 max-md:grid max-md:min-h-16 max-md:grid-cols-[auto_minmax(0,1fr)_auto_auto] max-md:content-center max-md:items-center max-md:gap-y-0.5 has-[[data-row-opener]]:cursor-pointer has-[[data-ended]]:text-ink-muted max-md:border-b max-md:px-4 max-md:py-2 max-md:last:border-b-0";

/** The column of checkboxes. Phones show it only inside an element that is `group/list` and `data-selecting`. */
export const selectColumn: ColumnLayout = { id: "select", title: "", width: "w-9", sticky: "start" };

export function headerCellStyle(column: ColumnLayout, wide: boolean): string {
  return classNames(
    columnStyle(column, wide),
    // Sticks below the page's bar, or to the top of the table if it scrolls on its own.
    wide ? "md:sticky md:top-0" : "md:sticky md:top-12",
    wide && column.sticky ? "z-20" : "z-10",
  );
}

export function bodyCellStyle(column: ColumnLayout, wide: boolean): string {
  return classNames(
    columnStyle(column, wide),
    wide && column.sticky && "z-5 bg-inherit md:sticky",
    column.id === "select" && selectPlace,
    column.id !== "select" && column.phone === undefined && "max-md:hidden!",
    column.phone !== undefined && phonePlaces[column.phone],
  );
}

function columnStyle(column: ColumnLayout, wide: boolean): string {
  return classNames(
    column.width === "" ? wide && "w-58" : column.width,
    column.id === "select" && "pr-2! pl-3!",
    column.sticky === "end" && "px-0! text-center",
    column.align === "right" && "text-right!",
    wide && column.id === "select" && "left-0",
    wide && column.id !== "select" && column.sticky === "start" && "left-9 md:border-r",
    wide && column.sticky === "end" && "right-0 md:border-l",
  );
}
