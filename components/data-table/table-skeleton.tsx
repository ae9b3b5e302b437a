import { Skeleton } from "@/components/ui/skeleton";
import { bodyCellStyle, type ColumnLayout, frameStyle, rowStyle, selectColumn, tableStyle } from "./column";
import { TableHead } from "./table-head";

type TableSkeletonProps = {
  columns: readonly ColumnLayout[];
  rows: number;
  /** Leaves room for the column of checkboxes. */
  selectable?: boolean;
};

/** The loading state of a table, with the same columns and heights so that nothing jumps. */
export function TableSkeleton({ columns, rows, selectable = false }: TableSkeletonProps) {
  const all = selectable ? [selectColumn, ...columns] : columns;
  return (
    <div aria-hidden className={frameStyle}>
      <table className={tableStyle}>
        <TableHead columns={all} />
        <tbody>
          {Array.from({ length: rows }, (_, index) => `row-${index}`).map((row) => (
            <tr key={row} className={rowStyle}>
              {all.map((column) => (
                <td key={column.id} className={bodyCellStyle(column, false)}>
                  {column.title !== "" && <Skeleton className="h-3 min-w-16 w-3/4" />}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
