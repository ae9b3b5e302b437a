"use client";

import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { DialogBody, DialogClose, DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { MadeInvitation } from "@/lib/services/invitations/invitation-view";

/** What became of an invitation that was just made: it was mailed, or here is the link to hand over. */
export function InvitationMade({ made }: { made: MadeInvitation }) {
  const { token } = made;
  return token === null ? <MailedInvitation made={made} /> : <InvitationLink made={made} token={token} />;
}

function MailedInvitation({ made: { email, accessLevel, mail } }: { made: MadeInvitation }) {
  return (
    <>
      <DialogBody className="grid content-start gap-4">
        {mail === "sent" ? (
          <Alert role="status" heading={`We sent the invitation to ${email}`}>
            The link in the mail makes one person {accessLevel}, once, within seven days.
          </Alert>
        ) : (
          <Alert role="alert" tone="danger" heading="The mail could not be sent">
            The mail server did not take the mail, or did not answer in time. The invitation is in the list:
            press “Invite again” there to send it anew.
          </Alert>
        )}
      </DialogBody>
      <DialogFooter>
        <DialogClose asChild>
          <Button autoFocus variant="primary">
            Done
          </Button>
        </DialogClose>
      </DialogFooter>
    </>
  );
}

/** Only where no mail server is set: nobody but the invited person sees a link that was mailed. */
function InvitationLink({ made, token }: { made: MadeInvitation; token: string }) {
  const { email, accessLevel } = made;
  // The address by which the person reached this page is one that leads here.
  const link = `${window.location.origin}/invite/${token}`;
  return (
    <>
      <DialogBody className="grid content-start gap-4">
        <Alert tone="notice" heading="This link is displayed one time only">
          Send it to {email}. It makes one person {accessLevel}, once, within seven days. Anybody who has it
          can use it, so send it where nobody else reads it.
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
