"use client";

import type { ColumnDef, RowData } from "@tanstack/react-table";
import { SearchX } from "lucide-react";
import type { ReactNode } from "react";
import { DataTable } from "@/components/data-table/data-table";
import { Empty } from "@/components/data-table/empty";
import { Pagination } from "@/components/data-table/pagination";
import { SearchBox } from "@/components/data-table/search-box";
import type { features } from "@/components/data-table/table-features";
import { Button } from "@/components/ui/button";
import type { ListInput } from "@/lib/schemas/list";
import { useListState } from "./use-list-state";

type ListTableProps<Row extends RowData> = {
  label: string;
  search: {
    readonly label: string;
    readonly placeholder: string;
    /** A sentence that says what the search covers. */
    readonly searched: string;
  };
  columns: ColumnDef<typeof features, Row>[];
  rowId: (row: Row) => string;
  /** The query that produced these rows. */
  list: ListInput;
  /** Why the search in the URL is invalid. */
  searchFault: string | null;
  rows: readonly Row[];
  /** Rows on all pages. */
  total: number;
  /** Shown when there are no rows and no search. */
  empty?: ReactNode;
  /** A button to the right of the search box. */
  beside?: ReactNode;
  /** Another list is loading, regardless of this one's own state. */
  stale?: boolean;
};

/** A table with a search box and pagination. */
export function ListTable<Row extends RowData>(props: ListTableProps<Row>) {
  const { label, search, columns, rowId, list, searchFault, rows, total, empty, beside } = props;
  const { box, pages, clearSearch, ...state } = useListState(searchFault);
  const stale = state.stale || props.stale === true;
  const searching = searchFault !== null || list.search !== "";
  return (
    <div className="grid grid-cols-1 gap-4">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <SearchBox
          label={search.label}
          placeholder={search.placeholder}
          className="min-w-52 flex-1 sm:max-w-88"
          {...box}
        />
        {beside}
      </div>
      <DataTable
        label={label}
        columns={columns}
        rows={rows}
        rowId={rowId}
        stale={stale}
        empty={
          searching ? (
            <Empty
              icon={SearchX}
              heading={searchFault ?? `Nothing found for “${list.search}”`}
              text={search.searched}
            >
              <Button onClick={clearSearch}>Clear the search</Button>
            </Empty>
          ) : (
            empty
          )
        }
      />
      {total > 0 && <Pagination page={list.page} pageSize={list.pageSize} total={total} {...pages} />}
    </div>
  );
}
