"use client";

import { ListTable } from "@/components/list/list-table";
import { PageHeading } from "@/components/shell/page-heading";
import type { ListInput } from "@/lib/schemas/list";
import type { RolePage, RoleRow } from "@/lib/services/roles/role-view";
import { CreateRoleButton } from "./change/create-role-button";
import { rolesColumns } from "./roles-columns";
import { RolesDialogs } from "./roles-dialogs";

type RolesViewProps = {
  /** The query that produced these rows. */
  list: ListInput;
  /** Why the search in the URL is invalid. */
  searchFault: string | null;
  page: RolePage;
};

const rowId = (role: RoleRow) => role.id;
const search = {
  label: "Search roles",
  placeholder: "ID, title, description or permission",
  searched: "The search covers IDs, titles, descriptions and permissions.",
};

export function RolesView({ list, searchFault, page }: RolesViewProps) {
  return (
    <RolesDialogs manageable={page.manageable}>
      <div className="grid gap-4">
        <PageHeading title="Roles" action={<CreateRoleButton />}>
          Named bundles of permissions for API keys.
        </PageHeading>
        <ListTable
          label="Roles"
          search={search}
          columns={rolesColumns}
          rowId={rowId}
          list={list}
          searchFault={searchFault}
          rows={page.rows}
          total={page.total}
        />
        {!page.anyOwn && list.search === "" && searchFault === null && (
          <p className="text-ink-muted text-sm">
            No roles of your own yet. They can bundle your own permissions, such as{" "}
            <code className="font-mono text-[0.8125rem] text-ink">intelligence:read</code>, or narrow the
            built-in ones.
          </p>
        )}
      </div>
    </RolesDialogs>
  );
}
