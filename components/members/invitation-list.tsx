"use client";

import { parseAsInteger, useQueryState } from "nuqs";
import { useAction } from "@/components/forms/use-action";
import { DialogButton } from "@/components/list/dialog-host";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/overlay/toast";
import { useNow } from "@/components/ui/time/now-provider";
import { RelativeTime } from "@/components/ui/time/relative-time";
import { revokeInvitation } from "@/lib/actions/members";
import type { AccessLevel } from "@/lib/core/access/access-level";
import { levelWord } from "@/lib/core/access/access-level";
import type { InvitationPage, InvitationRow } from "@/lib/services/invitations/invitation-view";
import { InviteMemberDialog } from "./lazy-member-dialogs";

/** Not `page`, which is the page of the members table. */
const pageInAddress = parseAsInteger.withDefault(1).withOptions({ shallow: false, history: "push" });

type InvitationListProps = {
  invitations: InvitationPage;
  /** The levels this person may invite to. */
  invitable: readonly AccessLevel[];
};

/** The open invitations. Hidden if there are none. */
export function InvitationList({ invitations, invitable }: InvitationListProps) {
  const { rows, total, page, pages } = invitations;
  const [, turnTo] = useQueryState("invitations", pageInAddress);
  if (total === 0) return null;
  return (
    <section aria-labelledby="invitations" className="mt-4 grid grid-cols-1 gap-3">
      <h2 id="invitations" className="font-semibold text-base text-ink">
        Invitations
      </h2>
      <ul aria-labelledby="invitations" className="grid grid-cols-1 divide-y rounded-lg border bg-surface">
        {rows.map((invitation) => (
          <Invitation key={invitation.id} invitation={invitation} invitable={invitable} />
        ))}
      </ul>
      {pages > 1 && (
        <nav aria-label="Pages of invitations" className="flex items-center gap-2 text-ink-muted text-sm">
          <p role="status" className="mr-auto tabular-nums">
            Page {page} of {pages}, {total} invitations
          </p>
          <Button resting={page <= 1} onClick={() => void turnTo(page - 1)}>
            Later
          </Button>
          <Button resting={page >= pages} onClick={() => void turnTo(page + 1)}>
            Earlier
          </Button>
        </nav>
      )}
    </section>
  );
}

type InvitationProps = Pick<InvitationListProps, "invitable"> & { invitation: InvitationRow };

function Invitation({ invitation, invitable }: InvitationProps) {
  const { id, email, accessLevel, invitedBy, createdAt, expiresAt } = invitation;
  const expired = expiresAt <= useNow();
  const { run, pending, failed } = useAction(revokeInvitation, () => {
    toast.success(`The invitation for ${email} was revoked`);
  });
  return (
    <li className="flex flex-wrap items-center gap-x-2 gap-y-1.5 px-3 py-2.5">
      <div className="grid min-w-0 flex-1 basis-60 grid-cols-1 gap-0.5">
        <p className="flex items-center gap-2">
          <span className="min-w-0 truncate font-medium text-ink text-sm" title={email}>
            {email}
          </span>
          <Badge className="shrink-0">{levelWord(accessLevel)}</Badge>
          {expired && <Badge className="shrink-0">Expired</Badge>}
        </p>
        <p className="text-ink-muted text-xs [overflow-wrap:anywhere]">
          Invited by <bdi>{invitedBy}</bdi> <RelativeTime moment={createdAt} />
          {!expired && (
            <>
              , expires <RelativeTime moment={expiresAt} />
            </>
          )}
        </p>
        {failed !== null && (
          <p role="alert" className="text-danger-ink text-xs">
            {failed.detail}
          </p>
        )}
      </div>
      <DialogButton
        size="small"
        aria-label={`Invite ${email} again`}
        expect={InviteMemberDialog.expect}
        dialog={(props) => <InviteMemberDialog levels={invitable} again={invitation} {...props} />}
        className="max-sm:h-10"
      >
        Invite again
      </DialogButton>
      <Button
        size="small"
        pending={pending}
        aria-label={`Revoke the invitation of ${email}`}
        onClick={() => void run({ invitationId: id })}
        className="max-sm:h-10"
      >
        Revoke
      </Button>
    </li>
  );
}
