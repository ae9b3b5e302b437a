"use client";

import { type ColumnDef, FlexRender, type RowData } from "@tanstack/react-table";
import { type ReactNode, useEffect, useMemo, useRef } from "react";
import { classNames } from "@/components/ui/class-names";
import { type Column, frameStyle, headerCellStyle, scrollerStyle, selectColumn, tableStyle } from "./column";
import { ColumnHeader, type Sorting } from "./column-header";
import { DataRow } from "./data-row";
import { SelectBox } from "./select-box";
import { features } from "./table-features";
import { useCoreTable } from "./use-core-table";
import { useRowKeys } from "./use-row-keys";
import type { TableSelection } from "./use-row-selection";

export type Density = "comfortable" | "compact";

type DataTableProps<Row extends RowData> = {
  label: string;
  /** Must be stable between renders: a constant or memoized. */
  columns: readonly Column<Row, string>[];
  rows: readonly Row[];
  rowId: (row: Row) => string;
  /** Left out if no column is sortable. */
  sorting?: Sorting;
  onSort?: (sorting: Sorting) => void;
  /** Adds a column of checkboxes. */
  selection?: TableSelection<Row>;
  density?: Density;
  /** The table may have more columns than fit, and scrolls sideways. */
  wide?: boolean;
  /** The rows are those of the previous query; the next ones are loading. */
  stale: boolean;
  /** Shown below the header when there are no rows. */
  empty: ReactNode;
  /** The pagination, which stays in view. */
  foot?: ReactNode;
};

/** One page of rows, filtered, sorted and paginated by the server. Its header and foot stay in view. */
export function DataTable<Row extends RowData>(props: DataTableProps<Row>) {
  const { label, rows, rowId, sorting, onSort, selection, wide = false, stale, empty, foot } = props;
  const columns = useMemo(() => props.columns.map(definitionOf), [props.columns]);
  const table = useCoreTable({ features, columns, data: rows, getRowId: rowId });
  const element = useRef<HTMLTableElement>(null);
  useRowKeys(element);
  useSidewaysByKeyboard(element);
  return (
    <div className={frameStyle}>
      <div className={wide ? scrollerStyle : undefined}>
        <table
          ref={element}
          aria-label={label}
          aria-busy={stale}
          data-density={props.density}
          className={classNames(tableStyle, stale && "opacity-60")}
        >
          <thead>
            {table.getHeaderGroups().map((group) => (
              <tr key={group.id}>
                {selection !== undefined && (
                  <th scope="col" className={headerCellStyle(selectColumn, wide)}>
                    {rows.length === 0 ? (
                      <span className="sr-only">Select</span>
                    ) : (
                      <SelectBox
                        label={`Select all ${selection.what} on this page`}
                        checked={checkedOf(rows.map(rowId), selection.ids)}
                        onToggle={selection.togglePage}
                      />
                    )}
                  </th>
                )}
                {props.columns.map((column, index) => (
                  <ColumnHeader
                    key={column.id}
                    column={column}
                    className={headerCellStyle(column, wide)}
                    sorting={sorting}
                    onSort={onSort}
                  >
                    {group.headers[index] && <FlexRender header={group.headers[index]} />}
                  </ColumnHeader>
                ))}
              </tr>
            ))}
          </thead>
          <tbody>
            {table.getRowModel().rows.map((row) => (
              <DataRow
                key={row.id}
                row={row}
                columns={props.columns}
                wide={wide}
                toggle={selection?.toggle}
                selectLabel={selection && `Select ${selection.nameOf(row.original)}`}
                isSelected={selection?.ids.has(row.id) ?? false}
              />
            ))}
          </tbody>
        </table>
      </div>
      {rows.length === 0 && empty}
      {foot && (
        <div className="bottom-0 z-10 rounded-b-[7px] border-t bg-surface px-3 max-md:px-4 max-md:py-2 md:sticky">
          {foot}
        </div>
      )}
    </div>
  );
}

/** Whether all are selected; null if only some are. */
function checkedOf(ids: readonly string[], selected: ReadonlySet<string>): boolean | null {
  const count = ids.filter((id) => selected.has(id)).length;
  return count === 0 ? false : count === ids.length ? true : null;
}

/**
 * A table that scrolls sideways is reached by keyboard through its controls; one without any becomes focusable itself.
 * Runs after every render, because new rows bring new controls.
 */
function useSidewaysByKeyboard(table: { readonly current: HTMLTableElement | null }): void {
  useEffect(() => {
    const scroller = table.current?.parentElement;
    if (scroller?.querySelector("a[href], button, select, input") === null) scroller.tabIndex = 0;
    else scroller?.removeAttribute("tabindex");
  });
}

function definitionOf<Row extends RowData>(column: Column<Row, string>): ColumnDef<typeof features, Row> {
  return {
    id: column.id,
    header: column.title === "" ? () => <span className="sr-only">Actions</span> : column.title,
    accessorFn: (): unknown => column.id,
    cell: ({ row }) => column.cell(row.original),
  };
}
