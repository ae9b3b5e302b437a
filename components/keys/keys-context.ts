"use client";

import { createContext, useContext } from "react";
import type { KeyRow } from "@/lib/services/keys/key-view";

/** What is done to a key in a dialog of its own. */
export type KeyDialog = "edit" | "roll" | "revoke" | "delete";

type KeysContextValue = {
  /** `opener` gets the focus back when the dialog closes. */
  readonly openDialog: (dialog: KeyDialog, key: KeyRow, opener: HTMLElement | null) => void;
  readonly openDetails: (keyId: string, opener: HTMLElement | null) => void;
};

export const KeysContext = createContext<KeysContextValue | null>(null);

export function useKeys(): KeysContextValue {
  const keys = useContext(KeysContext);
  if (keys === null) throw new Error("useKeys needs a KeysContext around it");
  return keys;
}
