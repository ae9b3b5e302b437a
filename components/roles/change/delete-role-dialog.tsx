"use client";

import { FormDialog } from "@/components/forms/form-dialog";
import { useClosingAction } from "@/components/forms/use-action";
import type { DialogProps } from "@/components/list/dialog-host";
import { Alert } from "@/components/ui/alert";
import { deleteRole } from "@/lib/actions/roles";
import { roleLabel } from "@/lib/core/access/role";
import type { RoleRow } from "@/lib/services/roles/role-view";
import { seenOf } from "./role-draft";

/** Deletes a role. If the role is in use it cannot be deleted, and the dialog says so right away. */
export function DeleteRoleDialog({ role, ...dialog }: DialogProps & { role: RoleRow }) {
  const action = useClosingAction(deleteRole, dialog.onClose, () => `The role ${role.id} was deleted`);
  const inUse = role.keys > 0;
  return (
    <FormDialog
      {...dialog}
      title="Delete role"
      description={roleLabel(role)}
      onSubmit={() => void action.run({ roleId: role.id, seen: seenOf(role) })}
      action={action}
      submit={{
        name: "Delete",
        variant: "danger",
        disabledBecause: inUse ? "A role in use cannot be deleted." : undefined,
      }}
    >
      {inUse ? (
        <Alert heading={role.keys === 1 ? "1 key carries this role" : `${role.keys} keys carry this role`}>
          A role in use cannot be deleted. Delete {role.keys === 1 ? "that key" : "those keys"} first; revoked
          ones count too, as long as they are listed.
        </Alert>
      ) : (
        <Alert tone="danger" heading="This cannot be undone">
          New keys can no longer get this role. No key carries it, so no key changes.
        </Alert>
      )}
    </FormDialog>
  );
}
