import { PanelRight, Pencil, Trash2 } from "lucide-react";
import type { Column } from "@/components/data-table/column";
import { type RenderDialog, useDialogHost } from "@/components/list/dialog-host";
import { lazyDialog } from "@/components/list/lazy-dialog";
import { RowActions } from "@/components/list/row-actions";
import { FirstBadge } from "@/components/ui/badge";
import { roleLabel } from "@/lib/core/access/role";
import type { RoleRow } from "@/lib/services/roles/role-view";

const EditRoleDialog = lazyDialog(async () => (await import("./change/edit-role-dialog")).EditRoleDialog);
const DeleteRoleDialog = lazyDialog(
  async () => (await import("./change/delete-role-dialog")).DeleteRoleDialog,
);
const RoleDetailsDialog = lazyDialog(async () => (await import("./role-details-dialog")).RoleDetailsDialog);

/** @param manageable whether this person may manage roles */
export function rolesColumns(manageable: boolean): readonly Column<RoleRow>[] {
  const details =
    (role: RoleRow): RenderDialog =>
    (props) => <RoleDetailsDialog role={role} manageable={manageable} {...props} />;
  return [
    {
      id: "role",
      title: "Role",
      width: "w-52 sm:w-92",
      sticky: "start",
      cell: (role) => <RoleNameButton role={role} details={details(role)} />,
    },
    {
      id: "description",
      title: "Description",
      width: "w-64",
      cell: ({ description }) => (
        <span title={description} className="block truncate text-ink-muted">
          {description}
        </span>
      ),
    },
    {
      id: "permissions",
      title: "Permissions",
      width: "w-52",
      cell: ({ permissions }) => <FirstBadge texts={permissions} title={permissions.join("\n")} />,
    },
    {
      id: "kind",
      title: "Kind",
      width: "w-22",
      cell: (role) => <span className="text-ink-muted">{role.builtIn ? "Built-in" : "Own"}</span>,
    },
    {
      id: "publishable",
      title: "Publishable",
      width: "w-26",
      cell: (role) => <span className="text-ink-muted">{role.publishable ? "Yes" : "No"}</span>,
    },
    {
      id: "keys",
      title: "Keys",
      width: "w-18",
      cell: (role) => <span className="tabular-nums">{role.keys}</span>,
    },
    {
      id: "actions",
      title: "",
      width: "w-12",
      sticky: "end",
      cell: (role) => {
        const disabled = !manageable || role.builtIn;
        return (
          <RowActions
            of={role.id}
            actions={[
              { name: "View details", icon: PanelRight, dialog: details(role) },
              {
                name: "Edit",
                icon: Pencil,
                disabled,
                dialog: (props) => <EditRoleDialog role={role} {...props} />,
              },
              {
                name: "Delete",
                icon: Trash2,
                tone: "danger",
                separated: true,
                disabled,
                dialog: (props) => <DeleteRoleDialog role={role} {...props} />,
              },
            ]}
          />
        );
      },
    },
  ];
}

/** Opens the details. Fills its cell to make a large touch target. */
function RoleNameButton({ role, details }: { role: RoleRow; details: RenderDialog }) {
  const { openDialog } = useDialogHost();
  return (
    <button
      type="button"
      onClick={(event) => openDialog(details, event.currentTarget)}
      className="-mx-3 flex min-h-10.75 w-[calc(100%+1.5rem)] items-center px-3 text-left text-ink underline-offset-4 outline-offset-[-2px] hover:underline max-sm:min-h-11.75"
    >
      <span className="truncate max-sm:line-clamp-2 max-sm:whitespace-normal max-sm:py-1 max-sm:[overflow-wrap:anywhere]">
        <span title={roleLabel(role)}>
          <span className="font-mono text-[0.8125rem]">{role.id}</span> - {role.title}
        </span>
      </span>
    </button>
  );
}
