import type { ColumnDef, RowData } from "@tanstack/react-table";
import type { ReactNode } from "react";
import type { ColumnLayout } from "./column-layout";
import type { features } from "./table-features";

/** The columns of this layout, each with what it shows of a row. Sorted by are those that are named. */
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
    // The order is the server's to make: a column only has to have a value to be sorted by.
    accessorFn: (): unknown => layout.id,
    cell: ({ row }) => cells[layout.id](row.original),
    enableSorting: sorted.by.includes(layout.id),
    sortDescFirst: sorted.descendingFirst.includes(layout.id),
    meta: layout,
  }));
}
