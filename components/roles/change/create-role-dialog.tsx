"use client";

import { useState } from "react";
import { FormDialog } from "@/components/forms/form-dialog";
import { useClosingAction } from "@/components/forms/use-action";
import type { DialogProps } from "@/components/list/dialog-host";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { createRole } from "@/lib/actions/roles";
import { draftContent, draftOf, emptyDraft } from "./role-draft";
import { RoleFields } from "./role-fields";

type CreateRoleDialogProps = DialogProps & {
  /** The values that the form starts with. */
  like?: Parameters<typeof draftOf>[0] & { readonly roleId: string };
};

export function CreateRoleDialog({ like, ...dialog }: CreateRoleDialogProps) {
  const [roleId, setRoleId] = useState(like?.roleId ?? "");
  const [draft, setDraft] = useState(like === undefined ? emptyDraft : draftOf(like));
  const said = () => `The role ${roleId.trim()} was created`;
  const action = useClosingAction(createRole, dialog.onClose, said);
  return (
    <FormDialog
      {...dialog}
      title="Create role"
      onSubmit={() => void action.run({ roleId: roleId.trim(), ...draftContent(draft) })}
      action={action}
      submit={{ name: "Create", variant: "primary" }}
    >
      <RoleFields draft={draft} onChange={setDraft} titleFirst={false}>
        <Field
          label="Role ID"
          required
          hint="Lower-case letters, digits and underscores. It never changes."
          name="roleId"
        >
          <Input
            data-autofocus
            className="font-mono"
            placeholder="ic_viewer"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            value={roleId}
            onChange={(event) => setRoleId(event.target.value)}
          />
        </Field>
      </RoleFields>
    </FormDialog>
  );
}
