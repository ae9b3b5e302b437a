"use client";

import { parseAsString, useQueryState } from "nuqs";
import { useCallback, useMemo, useRef, useState, useTransition } from "react";
import { DataTable } from "@/components/data-table/data-table";
import { Pagination } from "@/components/data-table/pagination";
import { Button } from "@/components/ui/button";
import { NowProvider } from "@/components/ui/now";
import { type KeySortColumn, pageSizes } from "@/lib/core/key-list-state";
import type { KeyListInput } from "@/lib/schemas/key-list";
import type { KeyDetails, KeyOptions, KeyPage, KeyRow } from "@/lib/services/keys/key-view";
import { DeleteKeyDialog, RevokeKeyDialog } from "./destroy-key-dialog";
import { EditKeyDialog } from "./edit-key-dialog";
import { GenerateKeyDialog } from "./generate-key-dialog";
import { KeyDetailsSheet } from "./key-details-sheet";
import { keysColumns } from "./keys-columns";
import { type KeyDialog, KeysContext } from "./keys-context";
import { KeysEmpty } from "./keys-empty";
import { KeysToolbar } from "./keys-toolbar";
import { RollKeyDialog } from "./roll-key-dialog";
import { useKeyListState } from "./use-key-list-state";

type KeysViewProps = {
  /** What was asked of the server, which is what the rows are of. */
  list: KeyListInput;
  searchFault: string | null;
  page: KeyPage;
  options: KeyOptions;
  details: KeyDetails | null;
  serverNow: Date;
};

type OpenDialog =
  | { readonly dialog: "generate"; readonly opener: HTMLElement | null }
  | { readonly dialog: KeyDialog; readonly key: KeyRow; readonly opener: HTMLElement | null };

const dialogs = {
  edit: EditKeyDialog,
  roll: RollKeyDialog,
  revoke: RevokeKeyDialog,
  delete: DeleteKeyDialog,
};
const rowId = (key: KeyRow) => key.id;

export function KeysView({ list, searchFault, page, options, details, serverNow }: KeysViewProps) {
  const listState = useKeyListState();
  const [detailsLoading, startDetails] = useTransition();
  const [keyId, setKeyId] = useQueryState(
    "key",
    parseAsString.withOptions({ shallow: false, history: "push", startTransition: startDetails }),
  );
  const [open, setOpen] = useState<OpenDialog | null>(null);
  const detailsOpener = useRef<HTMLElement | null>(null);
  const close = useCallback(() => setOpen(null), []);
  const generate = (opener: HTMLElement) => setOpen({ dialog: "generate", opener });
  const mayGenerate = options.accessLevels.length > 0;

  const context = useMemo(
    () => ({
      openDialog: (dialog: KeyDialog, key: KeyRow, opener: HTMLElement | null) =>
        setOpen({ dialog, key, opener }),
      openDetails: (id: string, opener: HTMLElement | null) => {
        detailsOpener.current = opener;
        void setKeyId(id);
      },
    }),
    [setKeyId],
  );
  const sorting = useMemo(
    () => ({ id: list.sort, desc: list.direction === "desc" }),
    [list.sort, list.direction],
  );
  const Dialog = open === null || open.dialog === "generate" ? null : dialogs[open.dialog];

  return (
    <NowProvider serverNow={serverNow}>
      <KeysContext.Provider value={context}>
        <div className="grid gap-4">
          <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-3">
            <div className="grid gap-1">
              <h1 className="font-semibold text-ink text-xl tracking-tight">API keys</h1>
              <p className="text-ink-muted text-sm">What programs sign their calls with.</p>
            </div>
            {mayGenerate && (
              <Button variant="primary" onClick={(event) => generate(event.currentTarget)}>
                Generate New Key
              </Button>
            )}
          </div>
          <KeysToolbar list={listState} counts={page.counts} searchFault={searchFault} />
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
                onGenerate={mayGenerate ? generate : null}
                onClearSearch={() => listState.search("", false)}
                onShowAll={() => listState.filter("all")}
              />
            }
          />
          <Pagination
            page={list.page}
            pageSize={list.pageSize}
            total={page.total}
            pageSizes={pageSizes}
            onPage={listState.turnTo}
            onPageSize={listState.resize}
          />
        </div>
        <KeyDetailsSheet
          keyId={keyId}
          details={details}
          loading={detailsLoading}
          opener={detailsOpener.current}
          onClose={() => void setKeyId(null)}
        />
        {open?.dialog === "generate" && (
          <GenerateKeyDialog options={options} opener={open.opener} onClose={close} />
        )}
        {Dialog !== null && open !== null && "key" in open && (
          <Dialog key={open.dialog} apiKey={open.key} opener={open.opener} onClose={close} />
        )}
      </KeysContext.Provider>
    </NowProvider>
  );
}
