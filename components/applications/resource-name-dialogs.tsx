"use client";

import { useState } from "react";
import { FormDialog } from "@/components/forms/form-dialog";
import { useClosingAction } from "@/components/forms/use-action";
import { useSeen } from "@/components/forms/use-seen";
import type { DialogProps } from "@/components/list/dialog-host";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { createResource, renameResource } from "@/lib/actions/resources";
import { type NamedResource, type NewResource, resourceWords } from "./resource-words";

export function CreateResourceDialog({ place, ...dialog }: DialogProps & { place: NewResource }) {
  const [name, setName] = useState("");
  const action = useClosingAction(createResource, dialog.onClose, () => `“${name.trim()}” was created`);
  return (
    <FormDialog
      {...dialog}
      title={`New ${resourceWords[place.type].one}`}
      onSubmit={() => void action.run({ ...place, name })}
      action={action}
      submit={{ name: "Create", variant: "primary" }}
    >
      <NameField
        name={name}
        onType={setName}
        hint={`You become its owner. ${
          place.applicationId === null
            ? "Give others access on its page."
            : "Access to the application does not include it: give others access on its page."
        }`}
      />
    </FormDialog>
  );
}

export function RenameResourceDialog({ resource, ...dialog }: DialogProps & { resource: NamedResource }) {
  const { type, id } = resource;
  const [name, setName] = useState(resource.name);
  const action = useClosingAction(renameResource, dialog.onClose, () => `Renamed to “${name.trim()}”`);
  const { seen } = useSeen({ name: resource.name }, action.failed);
  return (
    <FormDialog
      {...dialog}
      title={`Rename ${resourceWords[type].one}`}
      onSubmit={() => void action.run({ resource: { type, id }, name, seen })}
      action={action}
      submit={{ name: "Rename", variant: "primary" }}
    >
      <NameField name={name} onType={setName} hint="Its keys, its people and links to it stay as they are." />
    </FormDialog>
  );
}

type NameFieldProps = { name: string; onType: (name: string) => void; hint: string };

function NameField({ name, onType, hint }: NameFieldProps) {
  return (
    <Field label="Name" required hint={hint} name="name">
      <Input
        data-autofocus
        autoComplete="off"
        value={name}
        onChange={(event) => onType(event.target.value)}
      />
    </Field>
  );
}
