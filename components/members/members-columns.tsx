"use client";

import type { ReactNode } from "react";
import { columnsOf } from "@/components/data-table/columns-of";
import { Button } from "@/components/ui/button";
import { RelativeTime } from "@/components/ui/time/relative-time";
import type { MemberRow } from "@/lib/services/members/member-view";
import { MemberLevel } from "./member-level";
import { type MembersColumnId, membersColumnLayout } from "./members-column-layout";
import { useMembers } from "./members-context";
import { PersonName } from "./person-name";

const cells: Record<MembersColumnId, (member: MemberRow) => ReactNode> = {
  name: (member) => <PersonName person={member} />,
  level: (member) => <MemberLevel member={member} />,
  email: ({ email }) => (
    <span className="block truncate text-ink-muted" title={email}>
      {email}
    </span>
  ),
  joined: ({ joinedAt }) => <RelativeTime moment={joinedAt} />,
  liveKeys: ({ liveKeys }) => <span className="tabular-nums">{liveKeys}</span>,
  actions: (member) => <RemoveButton member={member} />,
};

function RemoveButton({ member }: { member: MemberRow }) {
  const members = useMembers();
  if (members === null) return null;
  return (
    <Button
      size="small"
      variant="ghost"
      disabled={member.isLastOwner}
      aria-label={`Remove ${member.name}`}
      onClick={(event) => members.remove(member, event.currentTarget)}
      className="max-sm:h-10"
    >
      Remove
    </Button>
  );
}

/** Adds the actions if the viewer may change members, and key counts if they may see them. */
export function membersColumns(shown: { readonly actions: boolean; readonly liveKeys: boolean }) {
  const layouts = membersColumnLayout.filter(
    ({ id }) => (id !== "actions" && id !== "liveKeys") || shown[id],
  );
  return columnsOf(layouts, cells);
}
