import { Skeleton } from "@/components/ui/skeleton";
import { bodyCellStyle, type ColumnLayout, headerCellStyle } from "./column";

type TableSkeletonProps = { columns: readonly ColumnLayout[]; rows: number };

/** The loading state of a table, with the same columns and heights so that nothing jumps. */
export function TableSkeleton({ columns, rows }: TableSkeletonProps) {
  return (
    <div aria-hidden className="overflow-hidden rounded-lg border bg-surface">
      <table className="w-full table-fixed border-separate border-spacing-0">
        <colgroup>
          {columns.map((column) => (
            <col key={column.id} className={column.width} />
          ))}
        </colgroup>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.id} scope="col" className={headerCellStyle(column)}>
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {Array.from({ length: rows }, (_, index) => `row-${index}`).map((row) => (
            <tr key={row} className="group/row">
              {columns.map((column) => (
                <td key={column.id} className={bodyCellStyle(column)}>
                  {column.title !== "" && <Skeleton className="h-3 w-3/4" />}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
