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

/** A page of resources as the server read it. */
export type ShownResources = {
  /** What was asked, which is what the rows are of. */
  readonly list: ResourceListInput;
  readonly searchFault: string | null;
  readonly page: ResourcePage;
  /** May who looks see how many keys each has? */
  readonly seesKeys: boolean;
};

type ResourceListProps = ShownResources & {
  /** What is said when there are none. */
  empty: { readonly heading: string; readonly text: string };
  /** Another list is on its way. */
  stale: boolean;
  /** A button at the right of the search, or why there is none. */
  beside?: ReactNode;
};

const rowId = (resource: ResourceRow) => resource.id;

/** The table of one kind of resource in one place. */
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
