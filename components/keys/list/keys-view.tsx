"use client";

import { Bookmark, Download, ListChecks } from "lucide-react";
import { type ReactNode, useMemo } from "react";
import { DataTable } from "@/components/data-table/data-table";
import { Pagination } from "@/components/data-table/pagination";
import { DialogButton } from "@/components/list/dialog-host";
import type { ShownList } from "@/components/list/list-table";
import { SortSelect } from "@/components/list/sort-select";
import { PageHeading } from "@/components/shell/page-heading";
import { Button } from "@/components/ui/button";
import { Segments } from "@/components/ui/choice/segments";
import type { HygieneKind } from "@/lib/core/keys/filter/hygiene";
import { parseKeyId } from "@/lib/core/keys/key-id";
import type { KeyListStatus, KeySortColumn } from "@/lib/core/keys/key-list-settings";
import { hasTab } from "@/lib/core/keys/key-list-settings";
import { statusFilters } from "@/lib/core/keys/key-status";
import type { KeyListInput } from "@/lib/schemas/key-list";
import type { KeyDetails, KeyPage, KeyRow, ListedKey } from "@/lib/services/keys/read/key-view";
import type { KeyView } from "@/lib/services/keys/views/list-key-views";
import { downloadKeys } from "../bulk/download-keys";
import { useKeySelection } from "../bulk/use-key-selection";
import { KeySearchBox } from "../completion/key-search-box";
import { FilterButton } from "../filter/filter-button";
import { HygieneStrip } from "../filter/hygiene-strip";
import { filterWords } from "../key-words";
import { PastedTokenNote } from "../pasted/pasted-token-note";
import { KeyColumnMenu, type RememberedKeyTable, useKeyTable } from "./columns/key-column-menu";
import { countText, totalText } from "./count-text";
import { keyOrders } from "./key-column-layouts";
import { GenerateKeyDialog, SavedViewsDialog, SelectedKeys } from "./key-dialogs";
import { AddFilterContext, KeyFilterChips } from "./key-filters";
import { KeySheet } from "./key-sheet";
import { KeysEmpty } from "./keys-empty";
import { useKeyListState } from "./use-key-list-state";

type KeysViewProps = {
  /** The line below the heading. */
  about: ReactNode;
  shown: ShownList<KeyPage, KeyListInput>;
  mayGenerate: boolean;
  /** True on a person's own page. */
  own?: boolean;
  details: KeyDetails | null;
  /** The key whose id is in the search, regardless of filters. Null if there is none. */
  named: KeyRow | null | undefined;
  remembered: RememberedKeyTable;
  /** The views that this person saved. */
  views: readonly KeyView[];
  /** How the organization's tokens begin. */
  tokenPrefix: string;
  /** The rule of each finding, in words. */
  hygieneRules: Readonly<Record<HygieneKind, string>>;
};

const rowId = (key: ListedKey) => key.id;
const nameOf = (key: ListedKey) => key.name;

/** The table of keys and its actions, for an organization or for one person. */
export function KeysView(props: KeysViewProps) {
  const { about, shown, mayGenerate, own = false, details, named, remembered, views } = props;
  const { tokenPrefix, hygieneRules } = props;
  const { list, searchFault, page } = shown;
  const listState = useKeyListState(shown);
  const { columns, menu } = useKeyTable(remembered);
  const selection = useKeySelection(page.rows);
  const { ids, toggle, togglePage } = selection;
  const total = totalText(page.counts[list.status], page.total, list.page * list.pageSize);
  const { add: addFilter, set, filters } = listState.filterBy;
  const add = { filter: addFilter, status: (status: KeyListStatus) => set(filters, status) };
  const sorting = useMemo(
    () => ({ id: list.sort, desc: list.direction === "desc" }),
    [list.sort, list.direction],
  );
  return (
    <AddFilterContext value={add}>
      <KeySheet details={details} shown={shown}>
        <div className="relative grid gap-4">
          <PageHeading
            title="API keys"
            action={
              mayGenerate && (
                <DialogButton
                  variant="primary"
                  data-shortcut="generate"
                  expect={GenerateKeyDialog.expect}
                  dialog={(props) => <GenerateKeyDialog {...props} />}
                >
                  Generate New Key
                </DialogButton>
              )
            }
          >
            {about}{" "}
            <a href="/docs" className="whitespace-nowrap rounded text-accent-ink underline">
              API documentation
            </a>
          </PageHeading>
          <HygieneStrip by={listState.filterBy} counts={page.hygiene} rules={hygieneRules} />
          <KeysToolbar list={listState} shown={list} {...{ page, own, views }}>
            <SortSelect
              label="Sort keys"
              orders={keyOrders}
              value={`${list.sort} ${list.direction}`}
              onChange={(column, descending) => listState.sort(column as KeySortColumn, descending)}
            />
            <KeyColumnMenu {...menu} />
            <Button
              variant="ghost"
              className="max-lg:size-8 max-lg:px-0! max-sm:size-10"
              onClick={() => downloadKeys(selection.address)}
            >
              <Download aria-hidden />
              <span className="max-lg:sr-only">Export CSV</span>
            </Button>
            <Button
              variant="ghost"
              size="icon"
              className="md:hidden"
              aria-label="Select keys"
              aria-pressed={selection.isSelecting}
              onClick={selection.toggleSelecting}
            >
              <ListChecks aria-hidden />
            </Button>
          </KeysToolbar>
          <PastedTokenNote
            search={list.search}
            isListed={page.rows.some(({ id }) => id === named?.id)}
            named={named}
            box={listState.box}
            tokenPrefix={tokenPrefix}
            onKnown={listState.trust}
          />
          <KeyFilterChips
            by={listState.filterBy}
            names={page.filterNames}
            isSearched={list.search !== "" && parseKeyId(list.search) === null}
          />
          <p role="status" className="whitespace-pre-line text-sm text-status-expiring-ink empty:hidden">
            {page.missing.join("\n")}
          </p>
          <div className="group/list" data-selecting={selection.isSelecting ? "" : undefined}>
            <DataTable
              label="API keys"
              columns={columns}
              rows={page.rows}
              rowId={rowId}
              sorting={sorting}
              onSort={({ id, desc }) => listState.sort(id as KeySortColumn, desc)}
              selection={{ ids, toggle, togglePage, nameOf, what: "keys" }}
              density={menu.density}
              wide={menu.added.length > 0}
              stale={listState.stale}
              foot={
                page.total > 0 && (
                  <Pagination
                    page={list.page}
                    pageSize={list.pageSize}
                    total={page.total}
                    totalText={total}
                    what="keys"
                    {...listState.pages}
                  />
                )
              }
              empty={
                <KeysEmpty
                  status={list.status}
                  search={list.search}
                  isFiltered={listState.isFiltered}
                  searchFault={searchFault}
                  mayGenerate={mayGenerate}
                  none={page.counts.all.count === 0 && !listState.isFiltered}
                  onClearSearch={listState.clearSearch}
                  onClearFilters={listState.filterBy.clear}
                  onShowAll={() => listState.filter("all")}
                />
              }
            />
          </div>
          {ids.size > 0 && (
            <>
              {/* Room to scroll the last row out from under the toolbar. */}
              <div aria-hidden className="h-24 max-md:h-36" />
              <SelectedKeys selection={selection} own={own} total={page.total} totalText={total} />
            </>
          )}
        </div>
      </KeySheet>
    </AddFilterContext>
  );
}

type KeysToolbarProps = {
  list: ReturnType<typeof useKeyListState>;
  shown: KeyListInput;
  page: KeyPage;
  own: boolean;
  views: readonly KeyView[];
  /** Buttons at the end; on a phone, beside the heading. */
  children: ReactNode;
};

function KeysToolbar({ list, shown, page, own, views, children }: KeysToolbarProps) {
  const { counts, total } = page;
  const found = totalText(counts[shown.status], total, shown.page * shown.pageSize);
  return (
    <div className="flex flex-wrap items-start gap-x-2 gap-y-3 max-lg:gap-x-1.5">
      <KeySearchBox box={list.box} list={shown} {...{ counts, own }} />
      <FilterButton
        by={list.filterBy}
        list={shown}
        counts={counts}
        found={`${found} ${found === "1" ? "key" : "keys"}`}
        own={own}
      />
      <Segments
        aria-label="Status"
        className="w-full sm:ml-auto sm:w-auto"
        options={statusFilters.map((status) => ({
          value: status,
          label: filterWords[status],
          count: countText(counts[status]),
        }))}
        // Paused and rolling keys have no tab: they are among the active ones.
        value={hasTab(list.state.status) ? list.state.status : null}
        onValueChange={list.filter}
      />
      {/* On a phone these are beside the heading, so that the search has a line to itself. */}
      <div className="contents max-sm:absolute max-sm:-top-1.5 max-sm:right-0 max-sm:flex max-sm:gap-1 max-sm:[&_select]:border-transparent max-sm:[&_select]:bg-transparent max-sm:[&_select]:shadow-none">
        {views.length > 0 && (
          <DialogButton
            variant="ghost"
            className="max-lg:px-2!"
            dialog={(props) => <SavedViewsDialog {...props} views={views} />}
          >
            <Bookmark aria-hidden className="max-sm:hidden lg:hidden" />
            <span className="sm:max-lg:sr-only">Views</span>
          </DialogButton>
        )}
        {children}
      </div>
    </div>
  );
}
