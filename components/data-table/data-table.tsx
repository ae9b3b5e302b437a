"use client";

import type { ColumnDef, RowData } from "@tanstack/react-table";
import {
  functionalUpdate,
  metaHelper,
  rowSortingFeature,
  tableFeatures,
  useTable,
} from "@tanstack/react-table";
import { ArrowDown, ArrowUp } from "lucide-react";
import { type ReactNode, useEffect, useMemo, useRef } from "react";
import { classNames } from "@/components/ui/class-names";
import { bodyCellStyle, type Column, type ColumnLayout, headerCellStyle } from "./column";

/** The TanStack features our tables use. The server filters, sorts and paginates. */
const features = tableFeatures({ rowSortingFeature, columnMeta: metaHelper<ColumnLayout>() });

type Sorting = { readonly id: string; readonly desc: boolean };

type DataTableProps<Row extends RowData> = {
  label: string;
  /** Must be stable between renders: a constant or memoized. */
  columns: readonly Column<Row, string>[];
  rows: readonly Row[];
  rowId: (row: Row) => string;
  /** Missing if no column is sortable. */
  sorting?: Sorting;
  onSort?: (sorting: Sorting) => void;
  /** These rows answer the previous query; the next ones are loading. */
  stale: boolean;
  /** Shown below the header when there are no rows. */
  empty: ReactNode;
};

/** One page of rows, filtered, sorted and paginated by the server. */
export function DataTable<Row extends RowData>(props: DataTableProps<Row>) {
  const { label, rows, rowId, sorting, onSort, stale, empty } = props;
  const state = useMemo(() => ({ sorting: sorting === undefined ? [] : [{ ...sorting }] }), [sorting]);
  const columns = useMemo(() => props.columns.map(definitionOf), [props.columns]);
  const table = useTable({
    features,
    columns,
    data: rows,
    getRowId: rowId,
    manualSorting: true,
    enableSortingRemoval: false,
    enableMultiSort: false,
    state,
    onSortingChange: (updater) => {
      const [next] = functionalUpdate(updater, state.sorting);
      if (next !== undefined) onSort?.(next);
    },
  });
  const scroller = useRef<HTMLDivElement>(null);
  // A table that scrolls sideways is reached by keyboard through its controls; one without any becomes focusable itself.
  // Runs after every render, because new rows bring new controls.
  useEffect(() => {
    const element = scroller.current;
    if (element?.querySelector("a[href], button, select, input") === null) element.tabIndex = 0;
    else element?.removeAttribute("tabindex");
  });
  return (
    <div className="relative overflow-hidden rounded-lg border bg-surface">
      <div ref={scroller} className="overflow-x-auto overscroll-x-contain">
        <table
          aria-label={label}
          aria-busy={stale}
          className={classNames(
            "w-full table-fixed border-separate border-spacing-0 transition-opacity",
            stale && "opacity-60",
          )}
        >
          <colgroup>
            {table.getAllLeafColumns().map((column) => (
              <col key={column.id} className={column.columnDef.meta?.width} />
            ))}
          </colgroup>
          <thead>
            {table.getHeaderGroups().map((group) => (
              <tr key={group.id}>
                {group.headers.map((header) => (
                  <ColumnHeader
                    key={header.id}
                    className={headerCellStyle(header.column.columnDef.meta)}
                    sorted={header.column.getIsSorted()}
                    onSort={header.column.getCanSort() ? () => header.column.toggleSorting() : undefined}
                  >
                    <table.FlexRender header={header} />
                  </ColumnHeader>
                ))}
              </tr>
            ))}
          </thead>
          <tbody>
            {table.getRowModel().rows.map((row) => (
              <tr key={row.id} className="group/row">
                {row.getAllCells().map((cell) => (
                  <td key={cell.id} className={bodyCellStyle(cell.column.columnDef.meta)}>
                    <table.FlexRender cell={cell} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {rows.length === 0 && empty}
    </div>
  );
}

function definitionOf<Row extends RowData>(column: Column<Row, string>): ColumnDef<typeof features, Row> {
  return {
    id: column.id,
    header: column.title === "" ? () => <span className="sr-only">Actions</span> : column.title,
    // The server sorts; TanStack only needs some value to make a column sortable.
    accessorFn: (): unknown => column.id,
    cell: ({ row }) => column.cell(row.original),
    enableSorting: column.sort !== undefined,
    sortDescFirst: column.sort === "desc",
    meta: column,
  };
}

type ColumnHeaderProps = {
  className: string;
  sorted: "asc" | "desc" | false;
  /** Undefined if the column is not sortable. */
  onSort: (() => void) | undefined;
  children: ReactNode;
};

function ColumnHeader({ className, sorted, onSort, children }: ColumnHeaderProps) {
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
