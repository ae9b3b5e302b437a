"use client";

import { type ReactNode, useMemo } from "react";
import { DataTable } from "@/components/data-table/data-table";
import { Pagination } from "@/components/data-table/pagination";
import { SearchBox } from "@/components/data-table/search-box";
import { DialogButton } from "@/components/list/dialog-host";
import type { ShownList } from "@/components/list/list-table";
import { PageHeading } from "@/components/shell/page-heading";
import { RadioGroup } from "@/components/ui/choice/radio-group";
import type { KeySortColumn, OptionalKeyColumn } from "@/lib/core/keys/key-list-settings";
import { statusFilters } from "@/lib/core/keys/key-status";
import type { KeyListInput } from "@/lib/schemas/key-list";
import type { KeyDetails, KeyPage, KeyRow } from "@/lib/services/keys/read/key-view";
import { filterWords } from "../key-words";
import { countText, totalText } from "./count-text";
import { KeyColumnMenu, useKeyColumns } from "./key-column-menu";
import { GenerateKeyDialog } from "./key-dialogs";
import { AddFilterContext, FilterButton, KeyFilterChips } from "./key-filters";
import { KeySheet } from "./key-sheet";
import { KeysEmpty } from "./keys-empty";
import { noFilters, useKeyListState } from "./use-key-list-state";

type KeysViewProps = {
  /** The line below the heading. */
  about: ReactNode;
  shown: ShownList<KeyPage, KeyListInput>;
  mayGenerate: boolean;
  details: KeyDetails | null;
  /** The columns this browser last added. */
  rememberedColumns: readonly OptionalKeyColumn[];
};

const rowId = (key: KeyRow) => key.id;

/** The table of keys and its actions, for an organization or for one person. */
export function KeysView({ about, shown, mayGenerate, details, rememberedColumns }: KeysViewProps) {
  const { list, searchFault, page } = shown;
  const listState = useKeyListState(shown);
  const { columns, ...columnChoice } = useKeyColumns(rememberedColumns);
  const sorting = useMemo(
    () => ({ id: list.sort, desc: list.direction === "desc" }),
    [list.sort, list.direction],
  );
  return (
    <AddFilterContext value={listState.add}>
      <KeySheet details={details}>
        <div className="grid gap-4">
          <PageHeading
            title="API keys"
            action={
              mayGenerate && (
                <DialogButton variant="primary" dialog={(props) => <GenerateKeyDialog {...props} />}>
                  Generate New Key
                </DialogButton>
              )
            }
          >
            {about}{" "}
            <a href="/docs" className="rounded text-accent-ink underline">
              API documentation
            </a>
          </PageHeading>
          <KeysToolbar list={listState} counts={page.counts}>
            <KeyColumnMenu {...columnChoice} />
          </KeysToolbar>
          <KeyFilterChips filters={listState.filters} onChange={listState.filterBy} />
          <DataTable
            label="API keys"
            columns={columns}
            rows={page.rows}
            rowId={rowId}
            sorting={sorting}
            onSort={({ id, desc }) => listState.sort(id as KeySortColumn, desc)}
            stale={listState.stale}
            empty={
              <KeysEmpty
                status={list.status}
                search={list.search}
                isFiltered={listState.isFiltered}
                searchFault={searchFault}
                mayGenerate={mayGenerate}
                none={page.counts.all.count === 0 && !listState.isFiltered}
                onClearSearch={listState.clearSearch}
                onClearFilters={() => listState.filterBy(noFilters)}
                onShowAll={() => listState.filter("all")}
              />
            }
          />
          {page.total > 0 && (
            <Pagination
              page={list.page}
              pageSize={list.pageSize}
              total={page.total}
              totalText={totalText(page.counts[list.status], page.total, list.page * list.pageSize)}
              {...listState.pages}
            />
          )}
        </div>
      </KeySheet>
    </AddFilterContext>
  );
}

type KeysToolbarProps = {
  list: ReturnType<typeof useKeyListState>;
  counts: KeyPage["counts"];
  /** Buttons: beside the search box on a phone, otherwise at the end. */
  children: ReactNode;
};

function KeysToolbar({ list, counts, children }: KeysToolbarProps) {
  return (
    <div className="flex flex-wrap items-start gap-x-2 gap-y-3">
      <SearchBox
        label="Search API keys"
        placeholder="Name, subject, key ID or creator"
        className="min-w-40 flex-1 sm:max-w-88"
        {...list.box}
      />
      <FilterButton filters={list.filters} onChange={list.filterBy} pausedCount={countText(counts.paused)} />
      <RadioGroup
        aria-label="Status"
        segmented
        className="order-last w-full sm:order-none sm:ml-auto sm:w-auto"
        options={statusFilters.map((status) => ({
          value: status,
          label: filterWords[status],
          count: countText(counts[status]),
        }))}
        // Paused keys have no tab: they are among the active ones.
        value={list.state.status === "paused" ? null : list.state.status}
        onValueChange={list.filter}
      />
      {children}
    </div>
  );
}
