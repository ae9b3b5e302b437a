"use client";

import { useRouter } from "next/navigation";
import { lazy, type ReactNode, Suspense, useCallback, useMemo, useState } from "react";
import {
  type NamedResource,
  type NewResource,
  type ResourceDialogName,
  ResourcesContext,
} from "./resources-context";

// Loaded when first opened, so the table does not wait for them.
const CreateResourceDialog = lazy(async () => ({
  default: (await import("./create-resource-dialog")).CreateResourceDialog,
}));
const RenameResourceDialog = lazy(async () => ({
  default: (await import("./rename-resource-dialog")).RenameResourceDialog,
}));
const DeleteResourceDialog = lazy(async () => ({
  default: (await import("./delete-resource-dialog")).DeleteResourceDialog,
}));

type OpenDialog = { readonly opener: HTMLElement | null } & (
  | { readonly name: "create"; readonly place: NewResource }
  | { readonly name: ResourceDialogName; readonly resource: NamedResource }
);

type ResourcesDialogsProps = {
  /** The resource whose page this is, and the page to go to after deleting it. */
  page?: { readonly id: string; readonly above: string };
  children: ReactNode;
};

/** Opens dialogs over the page, one at a time. */
export function ResourcesDialogs({ page, children }: ResourcesDialogsProps) {
  const router = useRouter();
  const [open, setOpen] = useState<OpenDialog | null>(null);
  const close = useCallback(() => setOpen(null), []);
  const context = useMemo(
    () => ({
      openDialog: (name: ResourceDialogName, resource: NamedResource, opener: HTMLElement | null) =>
        setOpen({ name, resource, opener }),
      openCreate: (place: NewResource, opener: HTMLElement | null) =>
        setOpen({ name: "create", place, opener }),
    }),
    [],
  );
  const leave = (id: string) => {
    // Leave the page of a deleted resource.
    if (page?.id === id) router.replace(page.above);
  };
  return (
    <ResourcesContext.Provider value={context}>
      {children}
      {/* A boundary of its own, so the page does not fall back to its skeleton while one loads. */}
      <Suspense fallback={null}>
        {open?.name === "create" && (
          <CreateResourceDialog place={open.place} opener={open.opener} onClose={close} />
        )}
        {open?.name === "rename" && (
          <RenameResourceDialog resource={open.resource} opener={open.opener} onClose={close} />
        )}
        {open?.name === "delete" && (
          <DeleteResourceDialog
            resource={open.resource}
            opener={open.opener}
            onClose={close}
            onDeleted={() => leave(open.resource.id)}
          />
        )}
      </Suspense>
    </ResourcesContext.Provider>
  );
}
