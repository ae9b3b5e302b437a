"use client";

import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Textarea } from "@/components/ui/textarea";
import { toast } from "@/components/ui/toast";
import { updateKey } from "@/lib/actions/keys";
import { FailureAlert, fieldFault } from "./failure-alert";
import type { KeyDialogProps } from "./key-dialog-props";
import { useKeys } from "./keys-context";
import { PasswordField } from "./password-field";
import { useKeyAction } from "./use-key-action";

/** Name and description, and a way to revoke. [S7] */
export function EditKeyDialog({ apiKey, opener, onClose }: KeyDialogProps) {
  const { openDialog } = useKeys();
  const [name, setName] = useState(apiKey.name);
  const [description, setDescription] = useState(apiKey.description);
  const { run, pending, failed, prompt } = useKeyAction(updateKey, () => {
    toast.success(`“${name.trim()}” was saved`);
    onClose();
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void run({ keyId: apiKey.id, name, description });
  };
  return (
    <Dialog open onOpenChange={(open) => open || pending || onClose()}>
      <DialogContent title="Edit key" returnFocusTo={opener}>
        <form onSubmit={submit} noValidate className="flex min-h-0 flex-1 flex-col">
          <DialogBody className="grid content-start gap-4">
            <Field label="Name" required error={fieldFault(failed, "name")}>
              <Input
                data-autofocus
                autoComplete="off"
                value={name}
                onChange={(event) => setName(event.target.value)}
              />
            </Field>
            <Field label="Description" aside="Optional" error={fieldFault(failed, "description")}>
              <Textarea
                rows={3}
                value={description}
                onChange={(event) => setDescription(event.target.value)}
              />
            </Field>
            <PasswordField prompt={prompt} />
            <FailureAlert failed={failed} />
          </DialogBody>
          <DialogFooter>
            <Button
              variant="danger"
              className="sm:mr-auto"
              disabled={pending || !apiKey.allowed.revoke}
              onClick={() => openDialog("revoke", apiKey, opener)}
            >
              Revoke
            </Button>
            <DialogClose asChild>
              <Button disabled={pending}>Cancel</Button>
            </DialogClose>
            <Button type="submit" variant="primary" pending={pending}>
              Save
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
