"use client";

import { useState } from "react";
import { fieldFault } from "@/components/forms/failure-alert";
import { FormDialog } from "@/components/forms/form-dialog";
import { useAction } from "@/components/forms/use-action";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/overlay/toast";
import { createRole } from "@/lib/actions/roles";
import { draftContent, emptyDraft } from "./role-draft";
import { RoleFields } from "./role-fields";

type CreateRoleDialogProps = { opener: HTMLElement | null; onClose: () => void };

export function CreateRoleDialog({ opener, onClose }: CreateRoleDialogProps) {
  const [roleId, setRoleId] = useState("");
  const [draft, setDraft] = useState(emptyDraft);
  const action = useAction(createRole, () => {
    toast.success(`The role ${roleId.trim()} was created`);
    onClose();
  });
  return (
    <FormDialog
      title="Create role"
      opener={opener}
      onClose={onClose}
      onSubmit={() => void action.run({ roleId: roleId.trim(), ...draftContent(draft) })}
      action={action}
      submit={{ name: "Create", variant: "primary" }}
    >
      <RoleFields draft={draft} onChange={setDraft} failed={action.failed} titleFirst={false}>
        <Field
          label="Role ID"
          required
          hint="Lower-case letters, digits and underscores. It never changes."
          error={fieldFault(action.failed, "roleId")}
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
