"use client";

import { useState } from "react";
import { FormDialog } from "@/components/forms/form-dialog";
import { useClosingAction } from "@/components/forms/use-action";
import { useSeen } from "@/components/forms/use-seen";
import { useTyped } from "@/components/forms/use-typed";
import type { DialogProps } from "@/components/list/dialog-host";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { updateRole } from "@/lib/actions/roles";
import type { RoleRow } from "@/lib/services/roles/role-view";
import { RoleChangePreview, useRolePreview } from "./role-change-preview";
import { draftContent, draftOf, seenOf } from "./role-draft";
import { RoleFields } from "./role-fields";

/** Edits a role, and shows which keys would change before it is saved. */
export function EditRoleDialog({ role, ...dialog }: DialogProps & { role: RoleRow }) {
  const action = useClosingAction(updateRole, dialog.onClose, () => `The role ${role.id} was saved`);
  const [initial] = useState(() => seenOf(role));
  const { seen } = useSeen(initial, action.failed);
  const { shown: draft, type } = useTyped(draftOf(seen));
  const content = draftContent(draft);
  const preview = useRolePreview({ ...role, ...seen }, content);
  return (
    <FormDialog
      {...dialog}
      title="Edit role"
      onSubmit={() => void action.run({ roleId: role.id, ...content, seen })}
      action={action}
      // Disabled while the preview loads, so that nobody saves without seeing it.
      submit={{
        name: "Save",
        variant: "primary",
        disabledBecause: preview === "loading" ? "Checking which keys change." : undefined,
      }}
    >
      <RoleFields draft={draft} onChange={type} titleFirst>
        <Field label="Role ID" hint="It never changes.">
          <Input value={role.id} readOnly className="font-mono" />
        </Field>
      </RoleFields>
      <RoleChangePreview preview={preview} />
    </FormDialog>
  );
}
