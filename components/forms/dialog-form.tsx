"use client";

import type { FormEvent, ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { DialogBody, DialogClose, DialogFooter } from "@/components/ui/dialog";
import type { Failure } from "@/lib/core/result";
import { FailureAlert } from "./failure-alert";
import { PasswordField } from "./password-field";
import type { PasswordPrompt } from "./use-action";
import { useFaultFocus } from "./use-fault-focus";

export type DialogFormProps = {
  /** What `useAction` gives. */
  action: {
    readonly pending: boolean;
    readonly failed: Failure | null;
    readonly prompt: PasswordPrompt | null;
  };
  /** The button that sends it: its name, and whether it waits for something. */
  submit: { readonly name: string; readonly variant: "primary" | "danger"; readonly disabled?: boolean };
  onSubmit: () => void;
  /** Stands at the left of the footer. */
  beside?: ReactNode;
  children: ReactNode;
};

/**
 * A form in a dialog: its fields scroll, its buttons do not; the password comes in when the server wants
 * it, and the focus goes to the first field that is wrong.
 */
export function DialogForm({ action, submit, onSubmit, beside, children }: DialogFormProps) {
  const { pending, failed, prompt } = action;
  const form = useFaultFocus(failed);
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (!submit.disabled) onSubmit();
  };
  return (
    <form ref={form} onSubmit={send} noValidate className="flex min-h-0 flex-1 flex-col">
      <DialogBody className="grid content-start gap-4">
        {children}
        <PasswordField prompt={prompt} />
        <FailureAlert failed={failed} />
      </DialogBody>
      <DialogFooter>
        {beside}
        <DialogClose asChild>
          <Button disabled={pending}>Cancel</Button>
        </DialogClose>
        <Button type="submit" variant={submit.variant} pending={pending} disabled={submit.disabled}>
          {submit.name}
        </Button>
      </DialogFooter>
    </form>
  );
}
