"use client";

import { useState } from "react";
import { fieldFault } from "@/components/forms/failure-alert";
import { FormDialog } from "@/components/forms/form-dialog";
import { useAction } from "@/components/forms/use-action";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Textarea } from "@/components/ui/textarea";
import { toast } from "@/components/ui/toast";
import { updateKey } from "@/lib/actions/keys";
import type { KeyDialogProps } from "./key-dialog-props";
import { changedDraftLimits, limitsDraft } from "./key-limits-draft";
import { KeyLimitsFields } from "./key-limits-fields";
import { useKeys } from "./keys-context";

/** Name, description and limits, and a way to revoke. [S7, L12] */
export function EditKeyDialog({ apiKey, opener, onClose }: KeyDialogProps) {
  const { openDialog } = useKeys();
  const [name, setName] = useState(apiKey.name);
  const [description, setDescription] = useState(apiKey.description);
  const [limits, setLimits] = useState(() => limitsDraft(apiKey));
  const action = useAction(updateKey, () => {
    toast.success(`“${name.trim()}” was saved`);
    onClose();
  });
  return (
    <FormDialog
      title="Edit key"
      opener={opener}
      onClose={onClose}
      onSubmit={() =>
        void action.run({ keyId: apiKey.id, name, description, ...changedDraftLimits(limits, apiKey) })
      }
      action={action}
      submit={{ name: "Save", variant: "primary" }}
      beside={
        <Button
          variant="danger"
          className="sm:mr-auto"
          disabled={action.pending || !apiKey.allowed.revoke}
          onClick={() => openDialog("revoke", apiKey, opener)}
        >
          Revoke
        </Button>
      }
    >
      <Field label="Name" required error={fieldFault(action.failed, "name")}>
        <Input
          data-autofocus
          autoComplete="off"
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </Field>
      <Field label="Description" aside="Optional" error={fieldFault(action.failed, "description")}>
        <Textarea rows={3} value={description} onChange={(event) => setDescription(event.target.value)} />
      </Field>
      <KeyLimitsFields draft={limits} onChange={setLimits} failed={action.failed} />
    </FormDialog>
  );
}
