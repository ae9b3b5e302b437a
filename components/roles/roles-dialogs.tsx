"use client";

import { lazy, type ReactNode, Suspense, useCallback, useMemo, useState } from "react";
import type { RoleRow } from "@/lib/services/roles/role-view";
import { type RoleDialogName, RolesContext } from "./roles-context";

// Loaded when first opened, so the table does not wait for them.
const CreateRoleDialog = lazy(async () => ({
  default: (await import("./change/create-role-dialog")).CreateRoleDialog,
}));
const EditRoleDialog = lazy(async () => ({
  default: (await import("./change/edit-role-dialog")).EditRoleDialog,
}));
const DeleteRoleDialog = lazy(async () => ({
  default: (await import("./change/delete-role-dialog")).DeleteRoleDialog,
}));
const RoleDetailsDialog = lazy(async () => ({
  default: (await import("./role-details-dialog")).RoleDetailsDialog,
}));

const dialogs = { details: RoleDetailsDialog, edit: EditRoleDialog, delete: DeleteRoleDialog };

type OpenDialog =
  | { readonly name: "create"; readonly opener: HTMLElement | null }
  | { readonly name: RoleDialogName; readonly role: RoleRow; readonly opener: HTMLElement | null };

/** Opens dialogs over the page, one at a time. */
export function RolesDialogs({ manageable, children }: { manageable: boolean; children: ReactNode }) {
  const [open, setOpen] = useState<OpenDialog | null>(null);
  const close = useCallback(() => setOpen(null), []);
  const context = useMemo(
    () => ({
      manageable,
      openDialog: (name: RoleDialogName, role: RoleRow, opener: HTMLElement | null) =>
        setOpen({ name, role, opener }),
      openCreate: (opener: HTMLElement | null) => setOpen({ name: "create", opener }),
    }),
    [manageable],
  );
  return (
    <RolesContext.Provider value={context}>
      {children}
      {/* A boundary of its own, so the page does not fall back to its skeleton while one loads. */}
      <Suspense fallback={null}>
        {open?.name === "create" && <CreateRoleDialog opener={open.opener} onClose={close} />}
        {open !== null && open.name !== "create" && <OneDialog {...open} onClose={close} />}
      </Suspense>
    </RolesContext.Provider>
  );
}

function OneDialog({
  name,
  ...props
}: Exclude<OpenDialog, { name: "create" }> & { readonly onClose: () => void }) {
  const Dialog = dialogs[name];
  return <Dialog {...props} />;
}
