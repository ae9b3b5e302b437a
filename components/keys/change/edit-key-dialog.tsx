"use client";

import { useState } from "react";
import { FormDialog } from "@/components/forms/form-dialog";
import { useClosingAction } from "@/components/forms/use-action";
import { useSeen } from "@/components/forms/use-seen";
import { useTyped } from "@/components/forms/use-typed";
import { type DialogProps, useDialogHost } from "@/components/list/dialog-host";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input, Textarea } from "@/components/ui/input";
import { updateKey } from "@/lib/actions/keys";
import type { KeyRow } from "@/lib/services/keys/read/key-view";
import { changedDraftLimits, limitsDraft } from "../limits/key-limits-draft";
import { KeyLimitsFields } from "../limits/key-limits-fields";
import { RevokeKeyDialog } from "./destroy-key-dialog";
import { useWordsFor } from "./use-words-for";

/** Edits name, description and limits, and leads to Revoke. Sends only the fields that changed. */
export function EditKeyDialog({ apiKey, ...dialog }: DialogProps & { apiKey: KeyRow }) {
  const { openDialog } = useDialogHost();
  const action = useClosingAction(updateKey, dialog.onClose, (): string => `“${name.trim()}” was saved`);
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
      {...dialog}
      title="Edit key"
      onSubmit={save}
      action={told}
      submit={{ name: "Save", variant: "primary" }}
      beside={
        <Button
          variant="danger"
          className="sm:mr-auto"
          disabled={action.pending || !apiKey.allowed.revoke}
          onClick={() => openDialog((props) => <RevokeKeyDialog apiKey={apiKey} {...props} />, dialog.opener)}
        >
          Revoke
        </Button>
      }
    >
      <Field label="Name" required hint={note("name")} name="name">
        <Input
          data-autofocus
          autoComplete="off"
          value={name}
          onChange={(event) => type({ name: event.target.value })}
        />
      </Field>
      <Field label="Description" aside="Optional" hint={note("description")} name="description">
        <Textarea
          rows={3}
          value={description}
          onChange={(event) => type({ description: event.target.value })}
        />
      </Field>
      <KeyLimitsFields draft={limits} onChange={type} />
    </FormDialog>
  );
}
