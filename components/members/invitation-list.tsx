"use client";

import { useAction } from "@/components/forms/use-action";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { useNow } from "@/components/ui/now-provider";
import { RelativeTime } from "@/components/ui/relative-time";
import { toast } from "@/components/ui/toast";
import { revokeInvitation } from "@/lib/actions/members";
import type { InvitationRow } from "@/lib/services/invitations/invitation-view";

/** The links that are out. Not there when there are none. */
export function InvitationList({ invitations }: { invitations: readonly InvitationRow[] }) {
  if (invitations.length === 0) return null;
  return (
    <section aria-labelledby="invitations" className="mt-4 grid grid-cols-1 gap-3">
      <h2 id="invitations" className="font-semibold text-base text-ink">
        Invitations
      </h2>
      <ul aria-labelledby="invitations" className="grid grid-cols-1 divide-y rounded-lg border bg-surface">
        {invitations.map((invitation) => (
          <Invitation key={invitation.id} invitation={invitation} />
        ))}
      </ul>
    </section>
  );
}

function Invitation({ invitation }: { invitation: InvitationRow }) {
  const { id, email, accessLevel, invitedBy, createdAt, expiresAt } = invitation;
  const expired = expiresAt <= useNow();
  const { run, pending, failed } = useAction(revokeInvitation, () => {
    toast.success(`The invitation of ${email} was revoked`);
  });
  return (
    <li className="flex items-center gap-3 px-3 py-2.5">
      <div className="grid min-w-0 flex-1 grid-cols-1 gap-0.5">
        <p className="flex items-center gap-2">
          <span className="min-w-0 truncate font-medium text-ink text-sm" title={email}>
            {email}
          </span>
          <Badge className="shrink-0">{accessLevel}</Badge>
          {expired && <Badge className="shrink-0">Expired</Badge>}
        </p>
        <p className="text-ink-muted text-xs [overflow-wrap:anywhere]">
          Invited by {invitedBy} <RelativeTime moment={createdAt} />
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
