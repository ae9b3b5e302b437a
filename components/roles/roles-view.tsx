"use client";

import { useMemo } from "react";
import { DialogButton } from "@/components/list/dialog-host";
import { ListTable, type ShownList } from "@/components/list/list-table";
import { PageHeading } from "@/components/shell/page-heading";
import type { RolePage } from "@/lib/services/roles/role-view";
import { CreateRoleDialog } from "./role-dialogs";
import { rolesColumns } from "./roles-columns";

const search = {
  label: "Search roles",
  placeholder: "ID, title, description or permission",
  searched: "The search covers IDs, titles, descriptions and permissions.",
};

export function RolesView({ shown }: { shown: ShownList<RolePage> }) {
  const { list, searchFault, page } = shown;
  const columns = useMemo(() => rolesColumns(page.manageable), [page.manageable]);
  return (
    <div className="grid gap-4">
      <PageHeading
        title="Roles"
        action={
          page.manageable && (
            <DialogButton
              variant="primary"
              data-shortcut="create-role"
              expect={CreateRoleDialog.expect}
              dialog={(props) => <CreateRoleDialog {...props} />}
            >
              Create role
            </DialogButton>
          )
        }
      >
        Named bundles of permissions for API keys.
      </PageHeading>
      <ListTable label="Roles" search={search} columns={columns} shown={shown} />
      {!page.anyOwn && list.search === "" && searchFault === null && (
        <p className="text-ink-muted text-sm">
          No roles of your own yet. They can bundle your own permissions, such as{" "}
          <code className="font-mono text-[0.8125rem] text-ink">intelligence:read</code>, or narrow the
          built-in ones.
        </p>
      )}
    </div>
  );
}
