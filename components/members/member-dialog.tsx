"use client";

import type { FormEvent, ReactNode } from "react";
import { FailureAlert } from "@/components/keys/failure-alert";
import { PasswordField } from "@/components/keys/password-field";
import type { useKeyAction } from "@/components/keys/use-key-action";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter } from "@/components/ui/dialog";
import type { ConsequencesState } from "./use-consequences";

type MemberDialogProps = {
  title: string;
  description: string;
  /** The button's name. */
  verb: string;
  danger: boolean;
  consequences: ConsequencesState;
  action: Pick<ReturnType<typeof useKeyAction>, "pending" | "failed" | "prompt">;
  opener: HTMLElement | null;
  onSubmit: () => void;
  onClose: () => void;
  children: ReactNode;
};

/** What both changes of a member have: nothing is done before it is told what it does. [L5] */
export function MemberDialog(props: MemberDialogProps) {
  const { title, description, verb, danger, consequences, action, opener, onSubmit, onClose, children } =
    props;
  const { pending, failed, prompt } = action;
  const untold = consequences !== "loading" && "ok" in consequences ? consequences : null;
  const told = consequences !== "loading" && untold === null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (told) onSubmit();
  };
  return (
    <Dialog open onOpenChange={(open) => open || pending || onClose()}>
      <DialogContent title={title} description={description} returnFocusTo={opener}>
        <form onSubmit={submit} className="flex min-h-0 flex-1 flex-col">
          <DialogBody className="grid content-start gap-4">
            {children}
            <PasswordField prompt={prompt} />
            <FailureAlert failed={failed ?? untold} />
          </DialogBody>
          <DialogFooter>
            <DialogClose asChild>
              <Button disabled={pending}>Cancel</Button>
            </DialogClose>
            <Button type="submit" variant={danger ? "danger" : "primary"} pending={pending} disabled={!told}>
              {verb}
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
