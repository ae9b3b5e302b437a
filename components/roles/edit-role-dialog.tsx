"use client";

import { useState } from "react";
import { useKeyAction } from "@/components/keys/use-key-action";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";
import { updateRole } from "@/lib/actions/roles";
import { RoleChangePreview } from "./role-change-preview";
import type { RoleDialogProps } from "./role-dialog-props";
import { draftContent, draftOf } from "./role-draft";
import { RoleFields } from "./role-fields";
import { RoleFormDialog } from "./role-form-dialog";
import { seenOf } from "./seen-role";
import { useRolePreview } from "./use-role-preview";

/** Changes a role, and shows before it is saved which keys that changes. [S5] */
export function EditRoleDialog({ role, opener, onClose }: RoleDialogProps) {
  const [draft, setDraft] = useState(() => draftOf(role));
  const content = draftContent(draft);
  const preview = useRolePreview(role, content);
  const { run, pending, failed } = useKeyAction(updateRole, () => {
    toast.success(`The role ${role.id} was saved`);
    onClose();
  });
  return (
    <RoleFormDialog
      title="Edit role"
      opener={opener}
      onClose={onClose}
      onSubmit={() => void run({ roleId: role.id, ...content, seen: seenOf(role) })}
      pending={pending}
      failed={failed}
      // Nobody saves what they could not have seen.
      submit={{ name: "Save", variant: "primary", disabled: preview === "loading" }}
    >
      <RoleFields draft={draft} onChange={setDraft} failed={failed} titleFirst>
        <Field label="Role ID" hint="It never changes.">
          <Input value={role.id} readOnly className="font-mono" />
        </Field>
      </RoleFields>
      <RoleChangePreview preview={preview} />
    </RoleFormDialog>
  );
}
