"use client";

import { useState } from "react";
import { fieldFault } from "@/components/forms/failure-alert";
import { FormDialog } from "@/components/forms/form-dialog";
import { useAction } from "@/components/forms/use-action";
import { useSeen } from "@/components/forms/use-seen";
import { useTyped } from "@/components/forms/use-typed";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/overlay/toast";
import { Textarea } from "@/components/ui/textarea";
import { updateKey } from "@/lib/actions/keys";
import { changedDraftLimits, limitsDraft } from "../limits/key-limits-draft";
import { KeyLimitsFields } from "../limits/key-limits-fields";
import { useKeys } from "../list/keys-context";
import type { KeyDialogProps } from "./key-dialog-props";
import { useWordsFor } from "./use-words-for";

/** Edits name, description and limits, and leads to Revoke. Sends only the fields that changed. */
export function EditKeyDialog({ apiKey, opener, onClose }: KeyDialogProps) {
  const { openDialog } = useKeys();
  const action = useAction(updateKey, () => {
    toast.success(`“${name.trim()}” was saved`);
    onClose();
  });
  const [initial] = useState(() => {
    const { version, name, description, allowedAddresses, rateLimit } = apiKey;
    return { version, name, description, allowedAddresses, rateLimit };
  });
  const { seen, changed } = useSeen(initial, action.failed);
  const { shown, type } = useTyped({
    name: seen.name,
    description: seen.description,
    ...limitsDraft(seen),
  });
  const { name, description, ...limits } = shown;
  const told = useWordsFor(action, {
    changed: "This key was changed while you edited. Save again to keep your changes.",
  });
  const save = () =>
    void action.run({
      keyId: apiKey.id,
      version: seen.version,
      ...(name === seen.name ? {} : { name }),
      ...(description === seen.description ? {} : { description }),
      ...changedDraftLimits(limits, seen),
    });
  /** What somebody else has saved in a field while this dialog was open. */
  const note = (field: "name" | "description") =>
    changed.includes(field) &&
    (shown[field] === seen[field]
      ? "Somebody changed this in the meantime."
      : `Somebody changed this to “${seen[field]}” in the meantime.`);
  return (
    <FormDialog
      title="Edit key"
      opener={opener}
      onClose={onClose}
      onSubmit={save}
      action={told}
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
      <Field label="Name" required hint={note("name")} error={fieldFault(action.failed, "name")}>
        <Input
          data-autofocus
          autoComplete="off"
          value={name}
          onChange={(event) => type({ name: event.target.value })}
        />
      </Field>
      <Field
        label="Description"
        aside="Optional"
        hint={note("description")}
        error={fieldFault(action.failed, "description")}
      >
        <Textarea
          rows={3}
          value={description}
          onChange={(event) => type({ description: event.target.value })}
        />
      </Field>
      <KeyLimitsFields draft={limits} onChange={type} failed={action.failed} />
    </FormDialog>
  );
}
