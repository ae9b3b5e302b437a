"use client";

import { createContext, useContext } from "react";
import type { KeyRow } from "@/lib/services/keys/read/key-view";

/** The dialogs that act on a key. */
export type KeyDialogName = "edit" | "roll" | "end-grace" | "revoke" | "delete";

/** `opener` gets the focus back when the dialog or sheet closes. */
type KeysContextValue = {
  readonly openDialog: (name: KeyDialogName, key: KeyRow, opener: HTMLElement | null) => void;
  readonly openDetails: (keyId: string, opener: HTMLElement | null) => void;
  /** Null if this person may not generate keys. */
  readonly openGenerate: ((opener: HTMLElement | null) => void) | null;
};

export const KeysContext = createContext<KeysContextValue | null>(null);

export function useKeys(): KeysContextValue {
  const keys = useContext(KeysContext);
  if (keys === null) throw new Error("useKeys needs a KeysContext around it");
  return keys;
}
