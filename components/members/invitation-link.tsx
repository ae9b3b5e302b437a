"use client";

import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { DialogBody, DialogClose, DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { MadeInvitation } from "@/lib/services/invitations/invitation-view";

/** The link of an invitation that was just made, and whether it is on its way by mail. */
export function InvitationLink({ made }: { made: MadeInvitation }) {
  const { email, accessLevel, token, mail } = made;
  // The address by which the person reached this page is one that leads here.
  const link = `${window.location.origin}/invite/${token}`;
  return (
    <>
      <DialogBody className="grid content-start gap-4">
        {mail === "sent" && <Alert role="status">We sent it to {email}.</Alert>}
        {mail === "failed" && (
          <Alert role="alert" tone="danger" heading="The mail could not be sent; send the link yourself">
            The mail server did not take it, or did not say so in time. The invitation stands.
          </Alert>
        )}
        <Alert tone="notice" heading="This link is displayed one time only">
          {mail === "sent" ? "You can also send it yourself." : `Send it to ${email}.`} It makes one person{" "}
          {accessLevel}, once, within seven days. Whoever has it first can use it, so send it where only they
          read.
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
