"use client";

import { createContext, useContext } from "react";
import type { RoleRow } from "@/lib/services/roles/role-view";

export type RoleDialogName = "details" | "edit" | "delete";

/** `opener` gets the focus back when the dialog closes. */
type RolesContextValue = {
  readonly manageable: boolean;
  readonly openDialog: (name: RoleDialogName, role: RoleRow, opener: HTMLElement | null) => void;
  readonly openCreate: (opener: HTMLElement | null) => void;
};

export const RolesContext = createContext<RolesContextValue | null>(null);

export function useRoles(): RolesContextValue {
  const roles = useContext(RolesContext);
  if (roles === null) throw new Error("useRoles needs a RolesContext around it");
  return roles;
}
