"use client";

import { type FormEvent, type ReactNode, useState } from "react";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useNow } from "@/components/ui/now-provider";
import { toast } from "@/components/ui/toast";
import { deleteKey, revokeKey } from "@/lib/actions/keys";
import { FailureAlert } from "./failure-alert";
import type { KeyDialogProps } from "./key-dialog-props";
import { type ImpactState, KeyImpactFacts, useKeyImpact } from "./key-impact-facts";
import { PasswordField } from "./password-field";
import { useKeyAction } from "./use-key-action";

const dayMs = 24 * 60 * 60 * 1000;

type DestroyKeyDialogProps = KeyDialogProps & {
  title: string;
  /** The button's name. */
  verb: string;
  action: typeof revokeKey;
  /** What the toast says happened to the key. */
  done: string;
  children: ReactNode;
};

/** Ends a key's access for good [S7, L2]. */
export function RevokeKeyDialog(props: KeyDialogProps) {
  return (
    <DestroyKeyDialog {...props} title="Revoke key" verb="Revoke" action={revokeKey} done="was revoked">
      Every call with this key is refused from that moment on, and so is every token granted with it. The key
      stays in the list as revoked.
    </DestroyKeyDialog>
  );
}

/** Ends a key's access for good and takes it off the list [J8, L2]. */
export function DeleteKeyDialog(props: KeyDialogProps) {
  return (
    <DestroyKeyDialog {...props} title="Delete key" verb="Delete" action={deleteKey} done="was deleted">
      Every call with this key is refused from that moment on, and the key leaves the list. What was done with
      it stays in the audit log.
    </DestroyKeyDialog>
  );
}

function DestroyKeyDialog(props: DestroyKeyDialogProps) {
  const { apiKey, opener, onClose, title, verb, action, done, children } = props;
  const { run, pending, failed, prompt } = useKeyAction(action, () => {
    toast.success(`“${apiKey.name}” ${done}`);
    onClose();
  });
  const impact = useKeyImpact(apiKey.id);
  const now = useNow();
  const [typed, setTyped] = useState("");
  const inUse = isInUse(impact, apiKey.lastUsedAt, now);
  const sure = impact !== "loading" && (!inUse || typed.trim() === apiKey.name);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (sure) void run({ keyId: apiKey.id });
  };
  return (
    <Dialog open onOpenChange={(open) => open || pending || onClose()}>
      <DialogContent title={title} description={`“${apiKey.name}”`} returnFocusTo={opener}>
        <form onSubmit={submit} className="flex min-h-0 flex-1 flex-col">
          <DialogBody className="grid content-start gap-4">
            <Alert tone="danger" heading="This cannot be undone">
              {children}
            </Alert>
            <KeyImpactFacts impact={impact} apiKey={apiKey} />
            {inUse && (
              <Field
                label="Type the key's name to confirm"
                hint={
                  <>
                    {impact === "unknown" ? "Its use is not known. Its name: " : "It is in use. Its name: "}
                    <strong className="select-all font-medium text-ink [overflow-wrap:anywhere]">
                      {apiKey.name}
                    </strong>
                  </>
                }
              >
                <Input
                  autoComplete="off"
                  autoCapitalize="none"
                  spellCheck={false}
                  value={typed}
                  onChange={(event) => setTyped(event.target.value)}
                />
              </Field>
            )}
            <PasswordField prompt={prompt} />
            <FailureAlert failed={failed} />
          </DialogBody>
          <DialogFooter>
            <DialogClose asChild>
              <Button disabled={pending}>Cancel</Button>
            </DialogClose>
            <Button type="submit" variant="danger" pending={pending} disabled={!sure}>
              {verb}
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}

/** Used in the last 24 hours. The row knows before the impact is there, so the field need not jump in. */
function isInUse(impact: ImpactState, lastUsedAt: Date | null, now: Date): boolean {
  if (impact === "unknown") return true;
  const last = impact === "loading" ? lastUsedAt : impact.lastUsedAt;
  const recent = last !== null && now.getTime() - last.getTime() < dayMs;
  return recent || (impact !== "loading" && impact.callsLast24Hours > 0);
}
