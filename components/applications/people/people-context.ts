"use client";

import { createContext, useContext } from "react";
import type { AccessLevel } from "@/lib/core/access/access-level";
import type { GrantRow } from "@/lib/services/grants/grant-view";

/** `opener` gets the focus back when the dialog closes. Null if the viewer may only read. */
export type PeopleContextValue = {
  readonly change: (person: GrantRow, level: AccessLevel, opener: HTMLElement | null) => void;
  readonly take: (person: GrantRow, opener: HTMLElement | null) => void;
};

export const PeopleContext = createContext<PeopleContextValue | null>(null);

export function usePeople(): PeopleContextValue | null {
  return useContext(PeopleContext);
}
