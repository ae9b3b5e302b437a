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
  /** The accessible name. */
  label: string;
  /** Kept outside the component that renders, or memoized. */
  columns: ColumnDef<typeof features, Row>[];
  rows: readonly Row[];
  rowId: (row: Row) => string;
  /** Of a table whose columns can be sorted by. */
  sorting?: Sorting;
  onSort?: (sorting: Sorting) => void;
  /** The rows are of the question before; those of the next are on their way. */
  stale: boolean;
  /** Stands below the head when there are no rows. */
  empty: ReactNode;
};

/** One page of rows, filtered, sorted and cut by the server. */
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
