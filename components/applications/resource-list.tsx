"use client";

import { Boxes } from "lucide-react";
import { type ReactNode, useMemo } from "react";
import { Empty } from "@/components/data-table/empty";
import { ListTable } from "@/components/list/list-table";
import type { ResourceListInput } from "@/lib/schemas/resource";
import type { ResourcePage, ResourceRow } from "@/lib/services/resources/resource-view";
import { NewResourceButton } from "./new-resource-button";
import { resourceWords } from "./resource-words";
import { resourcesColumns } from "./resources-columns";

/** One page of resources, as the server read it. */
export type ShownResources = {
  /** The query that produced these rows. */
  readonly list: ResourceListInput;
  readonly searchFault: string | null;
  readonly page: ResourcePage;
  /** May the viewer see how many keys each has? */
  readonly seesKeys: boolean;
};

type ResourceListProps = ShownResources & {
  /** The empty state. */
  empty: { readonly heading: string; readonly text: string };
  /** Another list is loading. */
  stale: boolean;
  /** A button to the right of the search box, or the reason it is missing. */
  beside?: ReactNode;
};

const rowId = (resource: ResourceRow) => resource.id;

/** The table of one kind of resource under one parent. */
export function ResourceList(props: ResourceListProps) {
  const { list, searchFault, page, seesKeys, empty, stale, beside } = props;
  const { type, applicationId } = list;
  const { one, many, title } = resourceWords[type];
  const columns = useMemo(() => resourcesColumns(type, seesKeys), [type, seesKeys]);
  return (
    <ListTable
      label={title}
      search={{ label: `Search ${many}`, placeholder: "Name", searched: "Names are searched." }}
      columns={columns}
      rowId={rowId}
      list={list}
      searchFault={searchFault}
      rows={page.rows}
      total={page.total}
      stale={stale}
      beside={beside}
      empty={
        <Empty icon={Boxes} {...empty}>
          {page.creatable && (
            <NewResourceButton place={{ type, applicationId }} variant="secondary">
              Create {one === "application" ? "an" : "a"} {one}
            </NewResourceButton>
          )}
        </Empty>
      }
    />
  );
}
