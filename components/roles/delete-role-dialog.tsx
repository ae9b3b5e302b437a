"use client";

import { useKeyAction } from "@/components/keys/use-key-action";
import { Alert } from "@/components/ui/alert";
import { toast } from "@/components/ui/toast";
import { deleteRole } from "@/lib/actions/roles";
import { roleLabel } from "@/lib/core/role";
import type { RoleDialogProps } from "./role-dialog-props";
import { RoleFormDialog } from "./role-form-dialog";
import { seenOf } from "./seen-role";

/** A role in use cannot be deleted, and the dialog says so before anybody tries. [S5] */
export function DeleteRoleDialog({ role, opener, onClose }: RoleDialogProps) {
  const { run, pending, failed } = useKeyAction(deleteRole, () => {
    toast.success(`The role ${role.id} was deleted`);
    onClose();
  });
  const inUse = role.keys > 0;
  return (
    <RoleFormDialog
      title="Delete role"
      description={roleLabel(role)}
      opener={opener}
      onClose={onClose}
      onSubmit={() => void run({ roleId: role.id, seen: seenOf(role) })}
      pending={pending}
      failed={failed}
      submit={{ name: "Delete", variant: "danger", disabled: inUse }}
    >
      {inUse ? (
        <Alert heading={role.keys === 1 ? "1 key carries this role" : `${role.keys} keys carry this role`}>
          A role in use cannot be deleted. Delete {role.keys === 1 ? "that key" : "those keys"} first; revoked
          ones count too, as long as they are listed.
        </Alert>
      ) : (
        <Alert tone="danger" heading="This cannot be undone">
          The role leaves the list of roles that a new key can be given. No key carries it, so no key changes.
        </Alert>
      )}
    </RoleFormDialog>
  );
}
