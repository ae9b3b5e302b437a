"use client";

import { useState } from "react";
import { FormDialog } from "@/components/forms/form-dialog";
import { useAction } from "@/components/forms/use-action";
import { useSeen } from "@/components/forms/use-seen";
import { toast } from "@/components/ui/overlay/toast";
import { renameResource } from "@/lib/actions/resources";
import { ResourceNameField } from "./resource-name-field";
import { resourceWords } from "./resource-words";
import type { NamedResource } from "./resources-context";

type RenameResourceDialogProps = {
  resource: NamedResource;
  opener: HTMLElement | null;
  onClose: () => void;
};

export function RenameResourceDialog({ resource, opener, onClose }: RenameResourceDialogProps) {
  const { type, id } = resource;
  const [name, setName] = useState(resource.name);
  const action = useAction(renameResource, () => {
    toast.success(`Renamed to “${name.trim()}”`);
    onClose();
  });
  const { seen } = useSeen({ name: resource.name }, action.failed);
  return (
    <FormDialog
      title={`Rename ${resourceWords[type].one}`}
      opener={opener}
      onClose={onClose}
      onSubmit={() => void action.run({ resource: { type, id }, name, seen })}
      action={action}
      submit={{ name: "Rename", variant: "primary" }}
    >
      <ResourceNameField
        value={name}
        onChange={setName}
        failed={action.failed}
        hint="Its keys, its people and links to it stay as they are."
      />
    </FormDialog>
  );
}
