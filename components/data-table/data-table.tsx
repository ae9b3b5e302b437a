"use client";

import type { ColumnDef, RowData } from "@tanstack/react-table";
import { functionalUpdate, useTable } from "@tanstack/react-table";
import { type ReactNode, useMemo } from "react";
import { classNames } from "@/components/ui/class-names";
import { bodyCellStyle, headerCellStyle } from "./cell-style";
import { ColumnHeader } from "./column-header";
import { features } from "./table-features";
import { useScrollByKeyboard } from "./use-scroll-by-keyboard";

type Sorting = { readonly id: string; readonly desc: boolean };

type DataTableProps<Row extends RowData> = {
  label: string;
  /** Must be stable between renders: a constant or memoized. */
  columns: ColumnDef<typeof features, Row>[];
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
  const { label, columns, rows, rowId, sorting, onSort, stale, empty } = props;
  const state = useMemo(() => ({ sorting: sorting === undefined ? [] : [{ ...sorting }] }), [sorting]);
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
  const scroller = useScrollByKeyboard();
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
