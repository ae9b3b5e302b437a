"use client";

import { createContext, useContext } from "react";
import type { Resource, ResourceType } from "@/lib/core/access/resource";

export type ResourceDialogName = "rename" | "delete";

/** A resource with the name its dialogs show. */
export type NamedResource = Resource & { readonly name: string };

/** What to create, and in which application; null for none. */
export type NewResource = { readonly type: ResourceType; readonly applicationId: string | null };

/** `opener` gets the focus back when the dialog closes. */
type ResourcesContextValue = {
  readonly openDialog: (
    name: ResourceDialogName,
    resource: NamedResource,
    opener: HTMLElement | null,
  ) => void;
  readonly openCreate: (place: NewResource, opener: HTMLElement | null) => void;
};

export const ResourcesContext = createContext<ResourcesContextValue | null>(null);

export function useResources(): ResourcesContextValue {
  const resources = useContext(ResourcesContext);
  if (resources === null) throw new Error("useResources needs a ResourcesContext around it");
  return resources;
}
