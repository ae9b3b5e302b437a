import { constructTable, type RowData, type TableOptions } from "@tanstack/react-table";
import { useState } from "react";
import type { features } from "./table-features";

/**
 * The table's rows and headers for these options. TanStack's own hook also watches the table's state with a store; a
 * table whose server filters, sorts and paginates has none.
 */
export function useCoreTable<Row extends RowData>(options: TableOptions<typeof features, Row>) {
  const [table] = useState(() => constructTable(options));
  table.setOptions((before) => ({ ...before, ...options }));
  return table;
}
