"use client";

import { useState } from "react";
import { FormDialog } from "@/components/forms/form-dialog";
import { useAction } from "@/components/forms/use-action";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";
import { updateRole } from "@/lib/actions/roles";
import { RoleChangePreview } from "./role-change-preview";
import type { RoleDialogProps } from "./role-dialog-props";
import { draftContent, draftOf } from "./role-draft";
import { RoleFields } from "./role-fields";
import { seenOf } from "./seen-role";
import { useRolePreview } from "./use-role-preview";

/** Changes a role, and shows before it is saved which keys that changes. [S5] */
export function EditRoleDialog({ role, opener, onClose }: RoleDialogProps) {
  const [draft, setDraft] = useState(() => draftOf(role));
  const content = draftContent(draft);
  const preview = useRolePreview(role, content);
  const action = useAction(updateRole, () => {
    toast.success(`The role ${role.id} was saved`);
    onClose();
  });
  return (
    <FormDialog
      title="Edit role"
      opener={opener}
      onClose={onClose}
      onSubmit={() => void action.run({ roleId: role.id, ...content, seen: seenOf(role) })}
      action={action}
      // Nobody saves what they could not have seen.
      submit={{ name: "Save", variant: "primary", disabled: preview === "loading" }}
    >
      <RoleFields draft={draft} onChange={setDraft} failed={action.failed} titleFirst>
        <Field label="Role ID" hint="It never changes.">
          <Input value={role.id} readOnly className="font-mono" />
        </Field>
      </RoleFields>
      <RoleChangePreview preview={preview} />
    </FormDialog>
  );
}
