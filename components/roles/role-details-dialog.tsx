"use client";

import { Facts } from "@/components/keys/facts";
import { type DialogProps, useDialogHost } from "@/components/list/dialog-host";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter } from "@/components/ui/overlay/dialog";
import { roleLabel } from "@/lib/core/access/role";
import type { RoleRow } from "@/lib/services/roles/role-view";
import { PermissionBadges } from "./permission-badges";
import { EditRoleDialog } from "./role-dialogs";

type RoleDetailsDialogProps = DialogProps & { role: RoleRow; manageable: boolean };

/** A role's details, read only. */
export function RoleDetailsDialog({ role, manageable, opener, onClose }: RoleDetailsDialogProps) {
  const { openDialog } = useDialogHost();
  return (
    <Dialog open onOpenChange={(open) => open || onClose()}>
      <DialogContent title="Role details" description={roleLabel(role)} returnFocusTo={opener}>
        <DialogBody className="grid content-start gap-4" tabIndex={0}>
          <Facts
            label="Role"
            facts={[
              ["Description", role.description === "" ? "None" : role.description],
              ["Kind", role.builtIn ? "Built-in" : "Own"],
              ["Publishable", role.publishable ? "Yes, public keys may hold what it reads" : "No"],
              ["Keys", String(role.keys)],
            ]}
          />
          <div className="grid gap-1.5">
            <h3 className="font-medium text-ink text-sm">Permissions</h3>
            <PermissionBadges label="Permissions" permissions={role.permissions} />
          </div>
        </DialogBody>
        <DialogFooter>
          {manageable && !role.builtIn && (
            <Button onClick={() => openDialog((props) => <EditRoleDialog role={role} {...props} />, opener)}>
              Edit
            </Button>
          )}
          <DialogClose asChild>
            <Button variant="primary">Done</Button>
          </DialogClose>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
