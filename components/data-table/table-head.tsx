import type { ColumnLayout } from "./column";
import { headerCellStyle } from "./column";

/** A table header with titles only, without sorting. */
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
