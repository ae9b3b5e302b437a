"use client";

import { type FormEvent, type ReactNode, useEffect, useRef } from "react";
import { FailureAlert } from "@/components/keys/failure-alert";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter } from "@/components/ui/dialog";
import type { Failure } from "@/lib/core/result";

type RoleFormDialogProps = {
  title: string;
  description?: string;
  opener: HTMLElement | null;
  onClose: () => void;
  onSubmit: () => void;
  pending: boolean;
  failed: Failure | null;
  /** The button that sends it: its name, and whether it waits for something. */
  submit: { readonly name: string; readonly variant: "primary" | "danger"; readonly disabled: boolean };
  children: ReactNode;
};

/** A form about a role in a dialog: scrolls in the middle, and the focus goes to the first field that is wrong. */
export function RoleFormDialog(props: RoleFormDialogProps) {
  const { title, description, opener, onClose, onSubmit, pending, failed, submit, children } = props;
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (failed !== null) form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [failed]);
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (!submit.disabled) onSubmit();
  };
  return (
    <Dialog open onOpenChange={(open) => open || pending || onClose()}>
      <DialogContent title={title} description={description} returnFocusTo={opener}>
        <form ref={form} onSubmit={send} noValidate className="flex min-h-0 flex-1 flex-col">
          <DialogBody className="grid content-start gap-4">
            {children}
            <FailureAlert failed={failed} />
          </DialogBody>
          <DialogFooter>
            <DialogClose asChild>
              <Button disabled={pending}>Cancel</Button>
            </DialogClose>
            <Button type="submit" variant={submit.variant} pending={pending} disabled={submit.disabled}>
              {submit.name}
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
