"use client";

import { createContext, useContext } from "react";
import type { AccessLevel } from "@/lib/core/access/access-level";
import type { MemberRow } from "@/lib/services/members/member-view";

/** `opener` gets the focus back when the dialog closes. Null if the viewer may only read. */
export type MembersContextValue = {
  readonly changeLevel: (member: MemberRow, level: AccessLevel, opener: HTMLElement | null) => void;
  readonly remove: (member: MemberRow, opener: HTMLElement | null) => void;
};

export const MembersContext = createContext<MembersContextValue | null>(null);

export function useMembers(): MembersContextValue | null {
  return useContext(MembersContext);
}
