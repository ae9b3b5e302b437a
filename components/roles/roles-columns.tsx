import { type Cells, type Column, withCells } from "@/components/data-table/column";
import { rowOpener } from "@/components/data-table/use-row-keys";
import { KeyCountLink } from "@/components/keys/list/key-count-link";
import { type RenderDialog, useDialogHost } from "@/components/list/dialog-host";
import { rowMenu } from "@/components/list/row-menu";
import { FirstBadge } from "@/components/ui/badge";
import { roleLabel } from "@/lib/core/access/role";
import type { RoleRow } from "@/lib/services/roles/role-view";
import { RoleDetailsDialog } from "./lazy-role-details";
import { roleColumnLayouts } from "./role-column-layouts";

const RoleMenu = rowMenu(async () => (await import("./role-menu")).RoleMenu);

/** @param manageable whether this person may manage roles */
export function rolesColumns(manageable: boolean): readonly Column<RoleRow>[] {
  const details =
    (role: RoleRow): RenderDialog =>
    (props) => <RoleDetailsDialog role={role} manageable={manageable} {...props} />;
  const cells: Cells<typeof roleColumnLayouts, RoleRow> = {
    role: (role) => <RoleNameButton role={role} details={details(role)} />,
    description: ({ description }) => (
      <span dir="auto" title={description} className="block truncate text-ink-muted">
        {description}
      </span>
    ),
    permissions: ({ permissions }) => <FirstBadge texts={permissions} title={permissions.join("\n")} />,
    kind: (role) => (
      <span className="text-ink-muted max-md:after:content-['_·']">{role.builtIn ? "Built-in" : "Own"}</span>
    ),
    publishable: (role) => <span className="text-ink-muted">{role.publishable ? "Yes" : "No"}</span>,
    keys: ({ id, keys }) => (
      <span className="tabular-nums max-md:text-ink-muted max-md:after:content-['_keys']">
        <KeyCountLink count={keys} query={`role=${id}&status=all`} noun="key" of={`with the role ${id}`} />
      </span>
    ),
    actions: (role) => <RoleMenu label={`Actions for ${role.id}`} role={role} manageable={manageable} />,
  };
  return withCells(roleColumnLayouts, cells);
}

/** The role's name. Clicking it, or anywhere in the row, opens the details. */
function RoleNameButton({ role, details }: { role: RoleRow; details: RenderDialog }) {
  const { openDialog } = useDialogHost();
  return (
    <button
      {...rowOpener}
      type="button"
      dir="auto"
      title={roleLabel(role)}
      onClick={(event) => openDialog(details, event.currentTarget)}
      className="-mx-0.75 block max-w-full truncate rounded px-0.75 text-left text-ink text-sm focus-visible:outline-offset-0"
    >
      <span className="font-mono text-[0.8125rem]">{role.id}</span> - {role.title}
    </button>
  );
}
