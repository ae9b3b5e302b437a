"use client";

import { SearchX } from "lucide-react";
import { useState } from "react";
import { DataTable } from "@/components/data-table/data-table";
import { Pagination } from "@/components/data-table/pagination";
import { SearchBox } from "@/components/data-table/search-box";
import { Button } from "@/components/ui/button";
import { pageSizes, searchMaximum } from "@/lib/core/key-list-state";
import type { RoleListInput } from "@/lib/schemas/role";
import type { RolePage, RoleRow } from "@/lib/services/roles/role-view";
import { CreateRoleButton } from "./create-role-button";
import { rolesColumns } from "./roles-columns";
import { RolesDialogs } from "./roles-dialogs";
import { useRoleListState } from "./use-role-list-state";

type RolesViewProps = {
  /** What was asked of the server, which is what the rows are of. */
  list: RoleListInput;
  page: RolePage;
};

const rowId = (role: RoleRow) => role.id;
/** As the catalog is: the built-in ones, then the organization's own by id. */
const sorting = { id: "role", desc: false };
const nothing = () => undefined;

export function RolesView({ list, page }: RolesViewProps) {
  const listState = useRoleListState();
  const [tooLong, setTooLong] = useState<string | null>(null);
  const search = (typed: string, wait: boolean) => setTooLong(listState.search(typed, wait) ? null : typed);
  return (
    <RolesDialogs manageable={page.manageable}>
      <div className="grid gap-4">
        <div className="flex items-start justify-between gap-4">
          <div className="grid gap-1">
            <h1 className="font-semibold text-ink text-xl tracking-tight">Roles</h1>
            <p className="text-ink-muted text-sm">What an API key may do: named bundles of permissions.</p>
          </div>
          <CreateRoleButton />
        </div>
        <SearchBox
          label="Search roles"
          placeholder="ID, title, description or permission"
          className="sm:w-88"
          value={tooLong ?? listState.state.search}
          onChange={(typed) => search(typed, true)}
          onSubmit={(typed) => search(typed, false)}
          busy={listState.stale}
          error={tooLong === null ? undefined : `Search for at most ${searchMaximum} characters`}
        />
        <DataTable
          label="Roles"
          columns={rolesColumns}
          rows={page.rows}
          rowId={rowId}
          sorting={sorting}
          onSort={nothing}
          stale={listState.stale}
          empty={<NothingFound search={list.search} onClear={() => search("", false)} />}
        />
        {page.total > 0 && (
          <Pagination
            page={list.page}
            pageSize={list.pageSize}
            total={page.total}
            pageSizes={pageSizes}
            onPage={listState.turnTo}
            onPageSize={listState.resize}
          />
        )}
        {!page.anyOwn && list.search === "" && (
          <p className="text-ink-muted text-sm">
            No roles of your own yet. An own role bundles permissions of your own, such as{" "}
            <code className="font-mono text-[0.8125rem] text-ink">intelligence:read</code>, or narrows the
            built-in ones.
          </p>
        )}
      </div>
    </RolesDialogs>
  );
}

/** Without a search there are always the built-in roles. */
function NothingFound({ search, onClear }: { search: string; onClear: () => void }) {
  return (
    <div className="grid justify-items-center gap-3 px-6 py-16 text-center">
      <span
        aria-hidden
        className="grid size-10 place-items-center rounded-lg border bg-subtle text-ink-muted"
      >
        <SearchX className="size-5" />
      </span>
      <div className="grid max-w-sm gap-1">
        <p role="status" className="font-medium text-ink [overflow-wrap:anywhere]">
          Nothing found for “{search.slice(0, searchMaximum)}”
        </p>
        <p className="text-ink-muted">Ids, titles, descriptions and permissions are searched.</p>
      </div>
      <Button onClick={onClear}>Clear the search</Button>
    </div>
  );
}
