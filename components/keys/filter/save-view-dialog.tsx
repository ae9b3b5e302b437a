"use client";

import { useState } from "react";
import { FormDialog } from "@/components/forms/form-dialog";
import { useClosingAction } from "@/components/forms/use-action";
import type { DialogProps } from "@/components/list/dialog-host";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { saveKeyView } from "@/lib/actions/key-views";

/** Saves the list's URL parameters under a name. */
export function SaveViewDialog({ opener, onClose }: DialogProps) {
  const [name, setName] = useState("");
  const [query] = useState(() => window.location.search);
  const action = useClosingAction(saveKeyView, onClose, () => `View saved: ${name}`);
  return (
    <FormDialog
      title="Save view"
      description="The search, the filters and the order of this list. Only you see your views."
      {...{ opener, onClose, action }}
      submit={{ name: "Save view", variant: "primary" }}
      onSubmit={() => void action.run({ name, query })}
    >
      <Field label="Name" name="name">
        <Input
          data-autofocus
          required
          maxLength={60}
          autoComplete="off"
          placeholder="Keys to clean up"
          value={name}
          onChange={({ target }) => setName(target.value)}
        />
      </Field>
    </FormDialog>
  );
}
