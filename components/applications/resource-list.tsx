"use client";

import { Boxes } from "lucide-react";
import { type ComponentProps, useMemo } from "react";
import { Empty } from "@/components/data-table/empty";
import { DialogButton } from "@/components/list/dialog-host";
import { ListTable, type ShownList } from "@/components/list/list-table";
import type { ResourceListInput } from "@/lib/schemas/resource";
import type { ResourcePage } from "@/lib/services/resources/resource-view";
import { CreateResourceDialog } from "./resource-dialogs";
import { type NewResource, resourceWords } from "./resource-words";
import { resourcesColumns } from "./resources-columns";

export type ShownResources = ShownList<ResourcePage, ResourceListInput> & {
  /** May the viewer see the number of keys? */
  readonly seesKeys: boolean;
};

type ResourceListProps = Pick<ComponentProps<typeof ListTable>, "stale" | "beside"> & {
  shown: ShownResources;
  /** The empty state. */
  empty: { readonly heading: string; readonly text: string };
};

/** The table of one kind of resource under one parent. */
export function ResourceList({ shown, empty, ...rest }: ResourceListProps) {
  const { type, applicationId } = shown.list;
  const { one, many, title } = resourceWords[type];
  const columns = useMemo(() => resourcesColumns(type, shown.seesKeys), [type, shown.seesKeys]);
  return (
    <ListTable
      label={title}
      search={{ label: `Search ${many}`, placeholder: "Name", searched: "Names are searched." }}
      columns={columns}
      shown={shown}
      {...rest}
      empty={
        <Empty icon={Boxes} {...empty}>
          {shown.page.creatable && (
            <NewResourceButton place={{ type, applicationId }} variant="secondary">
              Create {one === "application" ? "an" : "a"} {one}
            </NewResourceButton>
          )}
        </Empty>
      }
    />
  );
}

type NewResourceButtonProps = Omit<ComponentProps<typeof DialogButton>, "dialog"> & { place: NewResource };

export function NewResourceButton({ place, ...rest }: NewResourceButtonProps) {
  return <DialogButton {...rest} dialog={(props) => <CreateResourceDialog place={place} {...props} />} />;
}
