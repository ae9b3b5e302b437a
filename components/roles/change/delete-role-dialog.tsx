"use client";

import { FormDialog } from "@/components/forms/form-dialog";
import { useAction } from "@/components/forms/use-action";
import { Alert } from "@/components/ui/alert";
import { toast } from "@/components/ui/overlay/toast";
import { deleteRole } from "@/lib/actions/roles";
import { roleLabel } from "@/lib/core/access/role";
import { seenOf } from "../seen-role";
import type { RoleDialogProps } from "./role-dialog-props";

/** A role in use cannot be deleted; the dialog says so up front. */
export function DeleteRoleDialog({ role, opener, onClose }: RoleDialogProps) {
  const action = useAction(deleteRole, () => {
    toast.success(`The role ${role.id} was deleted`);
    onClose();
  });
  const inUse = role.keys > 0;
  return (
    <FormDialog
      title="Delete role"
      description={roleLabel(role)}
      opener={opener}
      onClose={onClose}
      onSubmit={() => void action.run({ roleId: role.id, seen: seenOf(role) })}
      action={action}
      submit={{ name: "Delete", variant: "danger", disabled: inUse }}
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
