"use client";

import { parseAsString, useQueryState } from "nuqs";
import { lazy, type ReactNode, Suspense, useCallback, useMemo, useRef, useState, useTransition } from "react";
import type { KeyDetails, KeyRow } from "@/lib/services/keys/read/key-view";
import { type KeyDialogName, KeysContext } from "./keys-context";

// Loaded when first opened, so the table does not wait for them.
const GenerateKeyDialog = lazy(async () => ({
  default: (await import("../generate/generate-key-dialog")).GenerateKeyDialog,
}));
const KeyDialog = lazy(async () => ({ default: (await import("../change/key-dialog")).KeyDialog }));
const KeyDetailsSheet = lazy(async () => ({
  default: (await import("../details/key-details-sheet")).KeyDetailsSheet,
}));

type KeysDialogsProps = {
  mayGenerate: boolean;
  /** Details of the key in the URL, as the server read them. */
  details: KeyDetails | null;
  children: ReactNode;
};

type OpenDialog =
  | { readonly name: "generate"; readonly opener: HTMLElement | null }
  | { readonly name: KeyDialogName; readonly key: KeyRow; readonly opener: HTMLElement | null };

/** Opens dialogs and the details sheet over the page: one dialog at a time. The sheet's key is in the URL. */
export function KeysDialogs({ mayGenerate, details, children }: KeysDialogsProps) {
  const [open, setOpen] = useState<OpenDialog | null>(null);
  const close = useCallback(() => setOpen(null), []);
  const [detailsLoading, startDetails] = useTransition();
  const [keyId, setKeyId] = useQueryState(
    "key",
    parseAsString.withOptions({ shallow: false, history: "push", startTransition: startDetails }),
  );
  const detailsOpener = useRef<HTMLElement | null>(null);

  const context = useMemo(
    () => ({
      openDialog: (name: KeyDialogName, key: KeyRow, opener: HTMLElement | null) =>
        setOpen({ name, key, opener }),
      openDetails: (id: string, opener: HTMLElement | null) => {
        detailsOpener.current = opener;
        void setKeyId(id);
      },
      openGenerate: mayGenerate
        ? (opener: HTMLElement | null) => setOpen({ name: "generate", opener })
        : null,
    }),
    [setKeyId, mayGenerate],
  );

  return (
    <KeysContext.Provider value={context}>
      {children}
      {/* Boundaries of their own, so the page does not fall back to its skeleton while one loads. */}
      <Suspense fallback={null}>
        {keyId !== null && (
          <KeyDetailsSheet
            details={details?.id === keyId ? details : null}
            loading={detailsLoading}
            opener={detailsOpener.current}
            // Ignore an Escape pressed while a dialog is still opening over the sheet.
            onClose={() => void (open === null && setKeyId(null, { shallow: true }))}
          />
        )}
      </Suspense>
      <Suspense fallback={null}>
        {open?.name === "generate" && <GenerateKeyDialog opener={open.opener} onClose={close} />}
        {open !== null && open.name !== "generate" && (
          <KeyDialog
            key={open.name}
            name={open.name}
            apiKey={open.key}
            opener={open.opener}
            onClose={close}
          />
        )}
      </Suspense>
    </KeysContext.Provider>
  );
}
