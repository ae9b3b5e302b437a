"use client";

import type { RowData } from "@tanstack/react-table";
import { SearchX } from "lucide-react";
import type { ReactNode } from "react";
import type { Column } from "@/components/data-table/column";
import { DataTable } from "@/components/data-table/data-table";
import { Empty } from "@/components/data-table/empty";
import { Pagination } from "@/components/data-table/pagination";
import { SearchBox } from "@/components/data-table/search-box";
import { useOnItsWay } from "@/components/shell/states/use-on-its-way";
import { Button } from "@/components/ui/button";
import type { ListInput } from "@/lib/schemas/list";
import { useListState } from "./use-list-state";

/** One page of a list, as the server read it. */
export type ShownList<Page, List extends ListInput = ListInput> = {
  /** The query that produced these rows. */
  readonly list: List;
  /** Why the search in the URL is invalid. */
  readonly searchFault: string | null;
  readonly page: Page;
};

type ListTableProps<Row extends RowData> = {
  label: string;
  search: {
    readonly label: string;
    readonly placeholder: string;
    /** A sentence that says what the search covers. */
    readonly searched: string;
  };
  columns: readonly Column<Row>[];
  shown: ShownList<{ readonly rows: readonly Row[]; readonly total: number }>;
  /** Shown when there are no rows and no search. */
  empty?: ReactNode;
  /** Rendered to the right of the search box: a button, or the reason why it is missing. */
  beside?: ReactNode;
  /** Another list is loading, so these rows are outdated even if this list is not loading. */
  stale?: boolean;
};

const rowId = (row: { readonly id: string }) => row.id;

/** A table with a search box and pagination. */
export function ListTable<Row extends RowData & { readonly id: string }>(props: ListTableProps<Row>) {
  const { label, search, columns, shown, empty, beside } = props;
  const { list, searchFault, page } = shown;
  const { box, pages, clearSearch, ...state } = useListState(searchFault);
  const stale = useOnItsWay(state.stale || props.stale === true);
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
        {typeof beside === "string" ? <p className="self-center text-ink-muted text-sm">{beside}</p> : beside}
      </div>
      <DataTable
        label={label}
        columns={columns}
        rows={page.rows}
        rowId={rowId}
        stale={stale}
        foot={
          page.total > 0 && (
            <Pagination
              page={list.page}
              pageSize={list.pageSize}
              total={page.total}
              what={label.toLowerCase()}
              {...pages}
            />
          )
        }
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
    </div>
  );
}
