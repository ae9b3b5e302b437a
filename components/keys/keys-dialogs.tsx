"use client";

import dynamic from "next/dynamic";
import { parseAsString, useQueryState } from "nuqs";
import { type ReactNode, useCallback, useMemo, useRef, useState, useTransition } from "react";
import type { KeyDetails, KeyOptions, KeyRow } from "@/lib/services/keys/key-view";
import { type KeyDialogName, KeysContext } from "./keys-context";

// Loaded when they are first opened: the table does not wait for them.
const GenerateKeyDialog = dynamic(() =>
  import("./generate-key-dialog").then((module) => module.GenerateKeyDialog),
);
const KeyDialog = dynamic(() => import("./key-dialog").then((module) => module.KeyDialog));
const KeyDetailsSheet = dynamic(() => import("./key-details-sheet").then((module) => module.KeyDetailsSheet));

type KeysDialogsProps = {
  options: KeyOptions;
  /** Of the key in the address, as the server read it. */
  details: KeyDetails | null;
  children: ReactNode;
};

type OpenDialog =
  | { readonly name: "generate"; readonly opener: HTMLElement | null }
  | { readonly name: KeyDialogName; readonly key: KeyRow; readonly opener: HTMLElement | null };

/** Opens what lies over the page: one dialog at a time, and the sheet, whose key stands in the address. */
export function KeysDialogs({ options, details, children }: KeysDialogsProps) {
  const [open, setOpen] = useState<OpenDialog | null>(null);
  const close = useCallback(() => setOpen(null), []);
  const [detailsLoading, startDetails] = useTransition();
  const [keyId, setKeyId] = useQueryState(
    "key",
    parseAsString.withOptions({ shallow: false, history: "push", startTransition: startDetails }),
  );
  const detailsOpener = useRef<HTMLElement | null>(null);
  const mayGenerate = options.accessLevels.length > 0;

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
      {keyId !== null && (
        <KeyDetailsSheet
          details={details?.id === keyId ? details : null}
          loading={detailsLoading}
          opener={detailsOpener.current}
          onClose={() => void setKeyId(null, { shallow: true })}
        />
      )}
      {open?.name === "generate" && (
        <GenerateKeyDialog options={options} opener={open.opener} onClose={close} />
      )}
      {open !== null && open.name !== "generate" && (
        <KeyDialog key={open.name} name={open.name} apiKey={open.key} opener={open.opener} onClose={close} />
      )}
    </KeysContext.Provider>
  );
}
