"use client";

import { NotCopied } from "@/components/forms/shown-once-end";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { DialogBody, DialogClose, DialogFooter } from "@/components/ui/overlay/dialog";
import { levelWord } from "@/lib/core/access/access-level";
import type { MadeInvitation } from "@/lib/services/invitations/invitation-view";

/** An invitation created by a request whose response, including the link, was lost. */
export type RepeatedInvitation = Pick<MadeInvitation, "email" | "accessLevel" | "mail"> & {
  readonly repeated: true;
};

type InvitationMadeProps = {
  made: MadeInvitation | RepeatedInvitation;
  /** The person tried to leave before copying the link. */
  asked: boolean;
  onCopied: () => void;
  onLeave: () => void;
};

/** The result of an invitation: it was mailed, or here is the link to pass on. */
export function InvitationMade({ made, ...leaving }: InvitationMadeProps) {
  if ("repeated" in made) {
    return made.mail === "off" ? <LostLink email={made.email} /> : <MailedInvitation made={made} />;
  }
  const { token } = made;
  if (token === null) return <MailedInvitation made={made} />;
  return <InvitationLink made={made} token={token} {...leaving} />;
}

/** Uses the origin of this page, which is known to reach this server. */
export function invitationLink(token: string): string {
  return `${window.location.origin}/invite/${token}`;
}

function MailedInvitation({
  made: { email, accessLevel, mail },
}: {
  made: RepeatedInvitation | MadeInvitation;
}) {
  return (
    <>
      <DialogBody className="grid content-start gap-4">
        {mail === "sent" ? (
          <Alert role="status" heading={`We sent the invitation to ${email}`}>
            The link in the mail works once, within seven days, and makes one person {levelWord(accessLevel)}.
          </Alert>
        ) : (
          <Alert role="alert" tone="danger" heading="The mail could not be sent">
            The mail server did not accept the mail, or did not answer in time. The invitation is in the list:
            press “Invite again” there to resend it.
          </Alert>
        )}
      </DialogBody>
      <NothingToKeep />
    </>
  );
}

/** Only shown without a mail server. A mailed link is for the invited person alone. */
function InvitationLink(props: InvitationMadeProps & { token: string }) {
  const { made, token, asked, onCopied, onLeave } = props;
  const { email, accessLevel } = made;
  const link = invitationLink(token);
  return (
    <>
      <DialogBody className="grid content-start gap-4">
        <Alert tone="notice" heading="This link is shown one time only">
          Send it to {email}. It works once, within seven days, and makes one person {levelWord(accessLevel)}.
          Anyone who has it can use it, so send it where nobody else reads it.
        </Alert>
        <Field label="Invitation link">
          <Input
            readOnly
            value={link}
            autoComplete="off"
            spellCheck={false}
            data-1p-ignore=""
            className="font-mono max-sm:text-[0.8125rem]/5"
            onFocus={(event) => event.target.select()}
            onCopy={onCopied}
          />
        </Field>
      </DialogBody>
      <NotCopied what="link" asked={asked} />
      <DialogFooter>
        <CopyButton autoFocus variant="secondary" value={link} label="Copy" labelled onCopied={onCopied} />
        <Button variant="primary" onClick={onLeave}>
          Done
        </Button>
      </DialogFooter>
    </>
  );
}

function LostLink({ email }: { email: string }) {
  return (
    <>
      <DialogBody className="grid content-start gap-4">
        <Alert role="alert" tone="notice" heading={`${email} was invited, but the link did not arrive`}>
          The link was sent once and cannot be shown again. Close this and press “Invite again” in the list to
          get a new one.
        </Alert>
      </DialogBody>
      <NothingToKeep />
    </>
  );
}

/** A footer whose Done closes at once, as nothing would be lost. */
function NothingToKeep() {
  return (
    <DialogFooter>
      <DialogClose asChild>
        <Button autoFocus variant="primary">
          Done
        </Button>
      </DialogClose>
    </DialogFooter>
  );
}
