"use client";

import { useState } from "react";
import { FormDialog } from "@/components/forms/form-dialog";
import { useAction } from "@/components/forms/use-action";
import { toast } from "@/components/ui/overlay/toast";
import { createResource } from "@/lib/actions/resources";
import { ResourceNameField } from "./resource-name-field";
import { resourceWords } from "./resource-words";
import type { NewResource } from "./resources-context";

type CreateResourceDialogProps = {
  place: NewResource;
  opener: HTMLElement | null;
  onClose: () => void;
};

export function CreateResourceDialog({ place, opener, onClose }: CreateResourceDialogProps) {
  const { one } = resourceWords[place.type];
  const [name, setName] = useState("");
  const action = useAction(createResource, () => {
    toast.success(`“${name.trim()}” was created`);
    onClose();
  });
  return (
    <FormDialog
      title={`New ${one}`}
      opener={opener}
      onClose={onClose}
      onSubmit={() => void action.run({ ...place, name })}
      action={action}
      submit={{ name: "Create", variant: "primary" }}
    >
      <ResourceNameField
        value={name}
        onChange={setName}
        failed={action.failed}
        hint={`You become its owner. ${
          place.applicationId === null
            ? "Give others access on its page."
            : "Access to the application does not include it: give others access on its page."
        }`}
      />
    </FormDialog>
  );
}
