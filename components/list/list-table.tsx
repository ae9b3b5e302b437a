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
  /** The table's accessible name. */
  label: string;
  search: {
    /** The search box's accessible name. */
    readonly label: string;
    readonly placeholder: string;
    /** A sentence that says what is searched. */
    readonly searched: string;
  };
  columns: ColumnDef<typeof features, Row>[];
  rowId: (row: Row) => string;
  /** What was asked of the server, which is what the rows are of. */
  list: ListInput;
  /** Why the search in the address cannot be made. */
  searchFault: string | null;
  rows: readonly Row[];
  /** Rows on all pages. */
  total: number;
  /** Stands in the place of rows when there are none and none were searched for. */
  empty?: ReactNode;
  /** A button at the right of the search. */
  beside?: ReactNode;
  /** Another list is on its way, whatever this one's state. */
  stale?: boolean;
};

/** A table with its search box and its pages. */
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
