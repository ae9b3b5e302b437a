"use client";

import type { FormEvent, KeyboardEvent, ReactNode } from "react";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { FormContext } from "@/components/ui/field-context";
import { Input } from "@/components/ui/input";
import { isComposing } from "@/components/ui/is-composing";
import { DialogBody, DialogFooter, DialogNotice } from "@/components/ui/overlay/dialog";
import type { Failure } from "@/lib/core/result";
import { FailureAlert } from "./failure-alert";
import { useSignedInEmail } from "./password/signed-in-email";
import { UsernameField } from "./password/username-field";
import type { PasswordPrompt } from "./use-action";
import { useFaultFocus } from "./use-fault-focus";
import { useFaults } from "./use-faults";

export type DialogFormProps = {
  /** The result of `useAction`. */
  action: {
    readonly pending: boolean;
    readonly failed: Failure | null;
    readonly prompt: PasswordPrompt | null;
  };
  /** The submit button: its label, its style and, as a sentence, why it is disabled. */
  submit: {
    readonly name: string;
    readonly variant: "primary" | "danger";
    readonly disabledBecause?: string | undefined;
  };
  onSubmit: () => void;
  /** Closes without asking. */
  onCancel: () => void;
  /** The person tried to close the dialog with unsaved input. */
  discarding: boolean;
  /** Shown at the left of the footer. */
  beside?: ReactNode;
  children: ReactNode;
};

/**
 * A form in a dialog. Its fields scroll and its buttons do not. It asks for the password again when the server wants
 * it, and moves the focus to the first invalid field.
 */
export function DialogForm(props: DialogFormProps) {
  const { action, submit, onSubmit, onCancel, discarding, beside, children } = props;
  const { pending, failed, prompt } = action;
  const form = useFaultFocus(failed);
  const { faults, shown, forget } = useFaults(failed);
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (submit.disabledBecause === undefined) onSubmit();
  };
  return (
    <form
      ref={form}
      onSubmit={send}
      onKeyDown={chooseWord}
      noValidate
      className="flex min-h-0 flex-1 flex-col"
    >
      <DialogBody className="grid content-start gap-4">
        <FormContext value={{ faults, forget }}>{children}</FormContext>
        <PasswordField prompt={prompt} />
      </DialogBody>
      <DialogNotice>
        <FailureAlert failed={shown} />
        {discarding && (
          <Alert role="alert" heading="What you typed is not saved">
            Close again to discard it, or keep editing.
          </Alert>
        )}
      </DialogNotice>
      <DialogFooter>
        {beside}
        <Button resting={pending} onClick={onCancel}>
          Cancel
        </Button>
        <Button
          type="submit"
          variant={submit.variant}
          pending={pending}
          disabledBecause={submit.disabledBecause}
        >
          {submit.name}
        </Button>
      </DialogFooter>
    </form>
  );
}

/** The Enter that accepts an input method's suggestion must not submit the form. */
function chooseWord(event: KeyboardEvent) {
  if (event.key === "Enter" && isComposing(event.nativeEvent)) event.preventDefault();
}

/** Appears in a dialog when the server asks for the password again. */
function PasswordField({ prompt }: { prompt: PasswordPrompt | null }) {
  const email = useSignedInEmail();
  if (prompt === null) return null;
  return (
    <>
      <UsernameField email={email} />
      <Field label="Password" hint="Enter your password to continue" error={prompt.error}>
        <Input
          type="password"
          autoComplete="current-password"
          autoFocus
          value={prompt.value}
          onChange={(event) => prompt.change(event.target.value)}
        />
      </Field>
    </>
  );
}
