"use client";

import { UserPlus, Users } from "lucide-react";
import { useRouter } from "next/navigation";
import { lazy, Suspense, useMemo, useState } from "react";
import { Empty } from "@/components/data-table/empty";
import { ListTable } from "@/components/list/list-table";
import { Button } from "@/components/ui/button";
import type { AccessLevel } from "@/lib/core/access/access-level";
import type { ListInput } from "@/lib/schemas/list";
import type { GrantPage, GrantRow } from "@/lib/services/grants/grant-view";
import { NotOffered } from "../not-offered";
import { resourceWords } from "../resource-words";
import type { NamedResource } from "../resources-context";
import { peopleColumns } from "./people-columns";
import { PeopleContext, type PeopleContextValue } from "./people-context";

// Loaded when first opened, so the table does not wait for them.
const GiveAccessDialog = lazy(async () => ({
  default: (await import("./give-access-dialog")).GiveAccessDialog,
}));
const ChangeGrantDialog = lazy(async () => ({
  default: (await import("./change-grant-dialog")).ChangeGrantDialog,
}));
const TakeGrantDialog = lazy(async () => ({
  default: (await import("./take-grant-dialog")).TakeGrantDialog,
}));

/** One page of the people with access, as the server read it. */
export type ShownPeople = {
  /** The query that produced these rows. */
  readonly list: ListInput;
  readonly searchFault: string | null;
  readonly page: GrantPage;
  /** May the viewer see how many keys each person has? */
  readonly seesKeys: boolean;
};

type PeopleListProps = ShownPeople & {
  resource: NamedResource;
  /** May the viewer manage access? */
  manageable: boolean;
  /** Where to go after people remove their own access and can no longer see this page. */
  above: string;
  /** Another list is loading. */
  stale: boolean;
};

type Open = { readonly opener: HTMLElement | null } & (
  | { readonly name: "give" }
  | { readonly name: "change"; readonly person: GrantRow; readonly level: AccessLevel }
  | { readonly name: "take"; readonly person: GrantRow }
);

const rowId = (person: GrantRow) => person.id;
const search = {
  label: "Search people",
  placeholder: "Name or email",
  searched: "The search covers names and emails.",
};

/** The people with access to a resource, and their levels. */
export function PeopleList(props: PeopleListProps) {
  const { resource, manageable, above, list, searchFault, page, seesKeys, stale } = props;
  const router = useRouter();
  const [open, setOpen] = useState<Open | null>(null);
  const close = () => setOpen(null);
  const columns = useMemo(
    () => peopleColumns({ actions: manageable, liveKeys: seesKeys }),
    [manageable, seesKeys],
  );
  const context = useMemo<PeopleContextValue>(
    () => ({
      change: (person, level, opener) => setOpen({ name: "change", person, level, opener }),
      take: (person, opener) => setOpen({ name: "take", person, opener }),
    }),
    [],
  );
  const { one } = resourceWords[resource.type];
  const give = (
    <Button variant="primary" onClick={(event) => setOpen({ name: "give", opener: event.currentTarget })}>
      <UserPlus aria-hidden />
      Give access
    </Button>
  );
  const leave = (person: GrantRow) => {
    if (person.isSelf && resource.type !== "application") router.replace(above);
  };
  return (
    <PeopleContext.Provider value={manageable ? context : null}>
      <ListTable
        label="People"
        search={search}
        beside={
          manageable ? give : <NotOffered>Only an owner of this {one} manages who has access.</NotOffered>
        }
        columns={columns}
        rowId={rowId}
        list={list}
        searchFault={searchFault}
        rows={page.rows}
        total={page.total}
        stale={stale}
        empty={
          <Empty
            icon={Users}
            heading="Nobody has access"
            text={`Only owners of the organization reach this ${one}.`}
          />
        }
      />
      {/* A boundary of its own, so the page does not fall back to its skeleton while one loads. */}
      <Suspense fallback={null}>
        {open?.name === "give" && (
          <GiveAccessDialog resource={resource} opener={open.opener} onClose={close} />
        )}
        {open?.name === "change" && (
          <ChangeGrantDialog
            resource={resource}
            person={open.person}
            level={open.level}
            opener={open.opener}
            onClose={close}
          />
        )}
        {open?.name === "take" && (
          <TakeGrantDialog
            resource={resource}
            person={open.person}
            opener={open.opener}
            onClose={close}
            onTaken={() => leave(open.person)}
          />
        )}
      </Suspense>
    </PeopleContext.Provider>
  );
}
