"use client";

import { useState } from "react";
import { DialogForm } from "@/components/forms/dialog-form";
import { useAction } from "@/components/forms/use-action";
import { useDiscard } from "@/components/forms/use-discard";
import { useShownOnce } from "@/components/forms/use-shown-once";
import type { DialogProps } from "@/components/list/dialog-host";
import { Select } from "@/components/ui/choice/select";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Dialog, DialogContent } from "@/components/ui/overlay/dialog";
import { inviteMember } from "@/lib/actions/members";
import type { AccessLevel } from "@/lib/core/access/access-level";
import { levelWord } from "@/lib/core/access/access-level";
import type { InvitationRow, MadeInvitation } from "@/lib/services/invitations/invitation-view";
import { InvitationMade, invitationLink, type RepeatedInvitation } from "./invitation-made";
import { levelOptions } from "./level-select";

type InviteMemberDialogProps = DialogProps & {
  /** The levels this person may invite to. */
  levels: readonly AccessLevel[];
  /** The open invitation that the new one replaces. */
  again: InvitationRow | null;
};

/** Asks for email and level, then shows the link once. Unmounts when it closes, so it keeps no state. */
export function InviteMemberDialog({ levels, again, opener, onClose }: InviteMemberDialogProps) {
  const {
    shown: made,
    show,
    leave,
    asked,
    markCopied,
  } = useShownOnce<MadeInvitation | RepeatedInvitation>(linkToSend, onClose);
  const discard = useDiscard(onClose);
  const [email, setEmail] = useState(again?.email ?? "");
  const [accessLevel, setAccessLevel] = useState<AccessLevel>(again?.accessLevel ?? "MEMBER");
  const action = useAction(inviteMember, (invitation: MadeInvitation | RepeatedInvitation) => {
    discard.forget();
    show(invitation);
  });
  const close = made === null ? discard.leave : leave;
  return (
    <Dialog open onOpenChange={(open) => open || action.pending || close()}>
      <DialogContent
        title={again === null ? "Invite member" : "Invite again"}
        description={again === null ? undefined : "Creates a new link. The previous one stops working."}
        returnFocusTo={opener}
        onInput={discard.onInput}
      >
        {made === null ? (
          <DialogForm
            onSubmit={() => void action.run({ email, accessLevel })}
            onCancel={onClose}
            discarding={discard.asked}
            action={action}
            submit={{ name: "Invite", variant: "primary" }}
          >
            <Field label="Email" required name="email">
              <Input
                data-autofocus
                type="email"
                autoComplete="off"
                autoCapitalize="none"
                spellCheck={false}
                readOnly={again !== null}
                value={email}
                onChange={(event) => setEmail(event.target.value)}
              />
            </Field>
            <Field label="Access level" hint={notOffered(levels)} name="accessLevel">
              <Select
                value={accessLevel}
                options={levelOptions.filter(({ value }) => levels.includes(value))}
                onValueChange={setAccessLevel}
              />
            </Field>
          </DialogForm>
        ) : (
          <InvitationMade made={made} asked={asked} onCopied={markCopied} onLeave={leave} />
        )}
      </DialogContent>
    </Dialog>
  );
}

/** The link to pass on; null if it was mailed or lost. */
function linkToSend(made: MadeInvitation | RepeatedInvitation) {
  if ("repeated" in made || made.token === null) return null;
  const { email, token } = made;
  return { title: `Invitation of ${email}`, label: "Invitation link", value: invitationLink(token) };
}

/** Why some levels are missing; undefined if none are. */
function notOffered(levels: readonly AccessLevel[]): string | undefined {
  const missing = levelOptions.map(({ value }) => value).filter((level) => !levels.includes(level));
  if (missing.length === 0) return undefined;
  return `${missing.map(levelWord).join(" and ")} are not offered: an admin can only invite below their own level. Ask an owner.`;
}
