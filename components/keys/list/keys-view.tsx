"use client";

import { type ReactNode, useMemo } from "react";
import { DataTable } from "@/components/data-table/data-table";
import { Pagination } from "@/components/data-table/pagination";
import { PageHeading } from "@/components/shell/page-heading";
import { NowProvider } from "@/components/ui/time/now-provider";
import type { KeySortColumn } from "@/lib/core/keys/key-list-state";
import type { KeyListInput } from "@/lib/schemas/key-list";
import type { KeyDetails, KeyPage, KeyRow } from "@/lib/services/keys/read/key-view";
import { GenerateKeyButton } from "../generate/generate-key-button";
import { totalText } from "./count-text";
import { keysColumns } from "./keys-columns";
import { KeysDialogs } from "./keys-dialogs";
import { KeysEmpty } from "./keys-empty";
import { KeysToolbar } from "./keys-toolbar";
import { useKeyListState } from "./use-key-list-state";

type KeysViewProps = {
  /** The line below the heading. */
  about: ReactNode;
  /** The query that produced these rows. */
  list: KeyListInput;
  searchFault: string | null;
  page: KeyPage;
  mayGenerate: boolean;
  details: KeyDetails | null;
  serverNow: Date;
};

const rowId = (key: KeyRow) => key.id;

/** The table of keys and its actions, for an organization or for one person. */
export function KeysView(props: KeysViewProps) {
  const { about, list, searchFault, page, mayGenerate, details, serverNow } = props;
  const listState = useKeyListState(searchFault);
  const sorting = useMemo(
    () => ({ id: list.sort, desc: list.direction === "desc" }),
    [list.sort, list.direction],
  );
  return (
    <NowProvider serverNow={serverNow}>
      <KeysDialogs mayGenerate={mayGenerate} details={details}>
        <div className="grid gap-4">
          <PageHeading title="API keys" action={<GenerateKeyButton>Generate New Key</GenerateKeyButton>}>
            {about}{" "}
            <a href="/docs" className="rounded text-accent-ink underline">
              API documentation
            </a>
          </PageHeading>
          <KeysToolbar list={listState} counts={page.counts} />
          <DataTable
            label="API keys"
            columns={keysColumns}
            rows={page.rows}
            rowId={rowId}
            sorting={sorting}
            onSort={({ id, desc }) => listState.sort(id as KeySortColumn, desc)}
            stale={listState.stale}
            empty={
              <KeysEmpty
                status={list.status}
                search={list.search}
                searchFault={searchFault}
                none={page.counts.all.count === 0}
                onClearSearch={listState.clearSearch}
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
      </KeysDialogs>
    </NowProvider>
  );
}
