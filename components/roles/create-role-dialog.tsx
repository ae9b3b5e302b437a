"use client";

import { useState } from "react";
import { fieldFault } from "@/components/keys/failure-alert";
import { useKeyAction } from "@/components/keys/use-key-action";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";
import { createRole } from "@/lib/actions/roles";
import { draftContent, emptyDraft } from "./role-draft";
import { RoleFields } from "./role-fields";
import { RoleFormDialog } from "./role-form-dialog";

type CreateRoleDialogProps = { opener: HTMLElement | null; onClose: () => void };

export function CreateRoleDialog({ opener, onClose }: CreateRoleDialogProps) {
  const [roleId, setRoleId] = useState("");
  const [draft, setDraft] = useState(emptyDraft);
  const { run, pending, failed } = useKeyAction(createRole, () => {
    toast.success(`The role ${roleId.trim()} was created`);
    onClose();
  });
  return (
    <RoleFormDialog
      title="Create role"
      opener={opener}
      onClose={onClose}
      onSubmit={() => void run({ roleId: roleId.trim(), ...draftContent(draft) })}
      pending={pending}
      failed={failed}
      submit={{ name: "Create", variant: "primary", disabled: false }}
    >
      <RoleFields draft={draft} onChange={setDraft} failed={failed} titleFirst={false}>
        <Field
          label="Role ID"
          required
          hint="Lower-case letters, digits and underscores. It never changes."
          error={fieldFault(failed, "roleId")}
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
    </RoleFormDialog>
  );
}
