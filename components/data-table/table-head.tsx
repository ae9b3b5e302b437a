import type { ColumnLayout } from "./column";
import { headerCellStyle } from "./column";

/** The titles of a table's columns, by which nothing can be sorted. */
export function TableHead({ columns }: { columns: readonly ColumnLayout[] }) {
  return (
    <thead>
      <tr>
        {columns.map((column) => (
          <th key={column.id} scope="col" className={headerCellStyle(column, false)}>
            {column.title === "" ? <span className="sr-only">Actions</span> : column.title}
          </th>
        ))}
      </tr>
    </thead>
  );
}
