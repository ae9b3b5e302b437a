"use client";

import { useState } from "react";
import { DialogForm } from "@/components/forms/dialog-form";
import { fieldFault } from "@/components/forms/failure-alert";
import { useAction } from "@/components/forms/use-action";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { inviteMember } from "@/lib/actions/members";
import type { AccessLevel } from "@/lib/core/access-level";
import type { MadeInvitation } from "@/lib/services/invitations/invitation-view";
import { levelOptions } from "./member-level";

type InviteMemberDialogProps = { opener: HTMLElement | null; onClose: () => void };

/** Email and level, and after them the link, once. Not there while it is closed, so it forgets everything. */
export function InviteMemberDialog({ opener, onClose }: InviteMemberDialogProps) {
  const [made, setMade] = useState<MadeInvitation | null>(null);
  const [email, setEmail] = useState("");
  const [accessLevel, setAccessLevel] = useState<AccessLevel>("MEMBER");
  const action = useAction(inviteMember, setMade);
  return (
    <Dialog open onOpenChange={(open) => open || action.pending || onClose()}>
      <DialogContent title="Invite member" returnFocusTo={opener}>
        {made === null ? (
          <DialogForm
            onSubmit={() => void action.run({ email, accessLevel })}
            action={action}
            submit={{ name: "Invite", variant: "primary" }}
          >
            <Field label="Email" required error={fieldFault(action.failed, "email")}>
              <Input
                data-autofocus
                type="email"
                autoComplete="off"
                autoCapitalize="none"
                spellCheck={false}
                value={email}
                onChange={(event) => setEmail(event.target.value)}
              />
            </Field>
            <Field label="Access level" error={fieldFault(action.failed, "accessLevel")}>
              <Select value={accessLevel} options={levelOptions} onValueChange={setAccessLevel} />
            </Field>
          </DialogForm>
        ) : (
          <InvitationLink made={made} />
        )}
      </DialogContent>
    </Dialog>
  );
}

function InvitationLink({ made }: { made: MadeInvitation }) {
  // The address by which the owner reached this page is one that leads here.
  const link = `${window.location.origin}/invite/${made.token}`;
  return (
    <>
      <DialogBody className="grid content-start gap-4">
        <Alert tone="notice" heading="This link is displayed one time only">
          Send it to {made.email}. It makes one person {made.accessLevel}, once, within seven days. Whoever
          has it first can use it, so send it where only they read.
        </Alert>
        <Field label="Invitation link">
          <Input
            readOnly
            value={link}
            autoComplete="off"
            spellCheck={false}
            data-1p-ignore=""
            className="font-mono text-[0.8125rem]"
            onFocus={(event) => event.target.select()}
          />
        </Field>
      </DialogBody>
      <DialogFooter>
        <CopyButton autoFocus variant="secondary" value={link} label="Copy" labelled />
        <DialogClose asChild>
          <Button variant="primary">Done</Button>
        </DialogClose>
      </DialogFooter>
    </>
  );
}
