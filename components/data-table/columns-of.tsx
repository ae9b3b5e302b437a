import type { ColumnDef, RowData } from "@tanstack/react-table";
import type { ReactNode } from "react";
import type { ColumnLayout } from "./column-layout";
import type { features } from "./table-features";

/** Combines a layout with its cell renderers. Only the columns named in `by` are sortable. */
export function columnsOf<Row extends RowData, Id extends string>(
  layouts: readonly ColumnLayout<Id>[],
  cells: Readonly<Record<Id, (row: Row) => ReactNode>>,
  sorted: { readonly by: readonly string[]; readonly descendingFirst: readonly string[] } = {
    by: [],
    descendingFirst: [],
  },
): ColumnDef<typeof features, Row>[] {
  return layouts.map((layout) => ({
    id: layout.id,
    header: layout.title === "" ? () => <span className="sr-only">Actions</span> : layout.title,
    // The server sorts; TanStack only needs some value to make a column sortable.
    accessorFn: (): unknown => layout.id,
    cell: ({ row }) => cells[layout.id](row.original),
    enableSorting: sorted.by.includes(layout.id),
    sortDescFirst: sorted.descendingFirst.includes(layout.id),
    meta: layout,
  }));
}
