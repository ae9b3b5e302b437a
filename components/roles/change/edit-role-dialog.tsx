"use client";

import { useState } from "react";
import { FormDialog } from "@/components/forms/form-dialog";
import { useAction } from "@/components/forms/use-action";
import { useSeen } from "@/components/forms/use-seen";
import { useTyped } from "@/components/forms/use-typed";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/overlay/toast";
import { updateRole } from "@/lib/actions/roles";
import { seenOf } from "../seen-role";
import { RoleChangePreview } from "./role-change-preview";
import type { RoleDialogProps } from "./role-dialog-props";
import { draftContent, draftOf } from "./role-draft";
import { RoleFields } from "./role-fields";
import { useRolePreview } from "./use-role-preview";

/** Edits a role, and shows which keys would change before it is saved. */
export function EditRoleDialog({ role, opener, onClose }: RoleDialogProps) {
  const action = useAction(updateRole, () => {
    toast.success(`The role ${role.id} was saved`);
    onClose();
  });
  const [initial] = useState(() => seenOf(role));
  const { seen } = useSeen(initial, action.failed);
  const { shown: draft, type } = useTyped(draftOf(seen));
  const content = draftContent(draft);
  const preview = useRolePreview({ ...role, ...seen }, content);
  return (
    <FormDialog
      title="Edit role"
      opener={opener}
      onClose={onClose}
      onSubmit={() => void action.run({ roleId: role.id, ...content, seen })}
      action={action}
      // Wait for the preview, so that nobody saves without seeing it.
      submit={{ name: "Save", variant: "primary", disabled: preview === "loading" }}
    >
      <RoleFields draft={draft} onChange={type} failed={action.failed} titleFirst>
        <Field label="Role ID" hint="It never changes.">
          <Input value={role.id} readOnly className="font-mono" />
        </Field>
      </RoleFields>
      <RoleChangePreview preview={preview} />
    </FormDialog>
  );
}
