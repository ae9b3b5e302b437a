"use client";

import { Users } from "lucide-react";
import { useRouter } from "next/navigation";
import { useMemo } from "react";
import { Empty } from "@/components/data-table/empty";
import { DialogButton } from "@/components/list/dialog-host";
import { ListTable, type ShownList } from "@/components/list/list-table";
import { lazyDialog } from "@/components/ui/lazy/lazy-dialog";
import type { GrantPage } from "@/lib/services/grants/grant-view";
import type { ResourceDetails } from "@/lib/services/resources/resource-view";
import { resourceWords } from "../resource-words";
import { peopleColumns } from "./people-columns";

const GiveAccessDialog = lazyDialog(async () => (await import("./give-access-dialog")).GiveAccessDialog);

export type ShownPeople = ShownList<GrantPage> & {
  /** May the viewer see how many keys each person has? */
  readonly seesKeys: boolean;
};

type PeopleListProps = {
  resource: ResourceDetails;
  shown: ShownPeople;
  /** Where to go after people remove their own access and can no longer see this page. */
  parent: string;
  /** Another list is loading. */
  stale: boolean;
};

const search = {
  label: "Search people",
  placeholder: "Name or email",
  searched: "The search covers names and emails.",
};

/** The people with access to a resource, and their levels. */
export function PeopleList({ resource, shown, parent, stale }: PeopleListProps) {
  const router = useRouter();
  const manageable = resource.allowed.grant;
  const { seesKeys } = shown;
  const columns = useMemo(
    () =>
      peopleColumns({
        resource,
        manageable,
        seesKeys,
        onTaken: ({ isSelf }) => {
          if (isSelf && resource.type !== "application") router.replace(parent);
        },
      }),
    [resource, manageable, seesKeys, router, parent],
  );
  const { one } = resourceWords[resource.type];
  return (
    <ListTable
      label="People"
      search={search}
      beside={
        manageable ? (
          <DialogButton
            variant="primary"
            dialog={(props) => <GiveAccessDialog resource={resource} {...props} />}
          >
            Give access
          </DialogButton>
        ) : (
          `Only an owner of this ${one} manages who has access.`
        )
      }
      columns={columns}
      shown={shown}
      stale={stale}
      empty={
        <Empty
          icon={Users}
          heading="Nobody has access"
          text={`Only owners of the organization reach this ${one}.`}
        />
      }
    />
  );
}
