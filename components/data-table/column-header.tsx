import { ArrowDown, ArrowUp } from "lucide-react";
import type { ReactNode } from "react";
import { classNames } from "@/components/ui/class-names";
import type { Column } from "./column";

export type Sorting = { readonly id: string; readonly desc: boolean };

type ColumnHeaderProps = {
  column: Pick<Column<never, string>, "id" | "sort">;
  className: string;
  sorting: Sorting | undefined;
  onSort: ((sorting: Sorting) => void) | undefined;
  children: ReactNode;
};

/**
 * A column's title. If the server can sort by the column, it is a button; its first click uses the column's usual
 * direction.
 */
export function ColumnHeader({ column, className, sorting, onSort, children }: ColumnHeaderProps) {
  const { id, sort } = column;
  if (sort === undefined || onSort === undefined) {
    return (
      <th scope="col" className={className}>
        {children}
      </th>
    );
  }
  const isSorted = sorting?.id === id;
  const Arrow = isSorted && !sorting.desc ? ArrowUp : ArrowDown;
  return (
    <th
      scope="col"
      className={classNames(className, isSorted && "text-ink!")}
      aria-sort={isSorted ? (sorting.desc ? "descending" : "ascending") : "none"}
    >
      <button
        type="button"
        onClick={() => onSort({ id, desc: isSorted ? !sorting.desc : sort === "desc" })}
        className="group/sort -mx-1 inline-flex items-center gap-1 rounded px-1 py-0.5 font-medium transition-colors duration-100 hover:text-ink"
      >
        {children}
        <Arrow
          aria-hidden
          strokeWidth={2.25}
          className={classNames(
            "size-3",
            !isSorted &&
              "text-ink-faint opacity-0 group-hover/sort:opacity-100 group-focus-visible/sort:opacity-100",
          )}
        />
      </button>
    </th>
  );
}
