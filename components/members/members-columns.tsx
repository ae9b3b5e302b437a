import { UserMinus } from "lucide-react";
import { type Cells, type Column, withCells } from "@/components/data-table/column";
import { KeyCountLink } from "@/components/keys/list/key-count-link";
import { DialogButton } from "@/components/list/dialog-host";
import { RelativeTime } from "@/components/ui/time/relative-time";
import type { MemberRow } from "@/lib/services/members/member-view";
import { MemberLevelDialog, RemoveMemberDialog } from "./lazy-member-dialogs";
import { LevelSelect } from "./level-select";
import { memberColumnLayouts } from "./member-column-layouts";
import { PersonEmail, PersonName } from "./person-name";

type Shown = {
  /** May the viewer change levels and remove members? */
  readonly editable: boolean;
  /** May the viewer see the number of keys? */
  readonly seesKeys: boolean;
};

/** Why the last owner cannot be changed or removed; undefined for everybody else. */
function lastOwner({ isLastOwner, isSelf }: MemberRow): string | undefined {
  if (!isLastOwner) return undefined;
  return `${isSelf ? "You are" : "This is"} the last owner. Make somebody else an owner first.`;
}

export function membersColumns({ editable, seesKeys }: Shown): readonly Column<MemberRow>[] {
  const cells: Cells<typeof memberColumnLayouts, MemberRow> = {
    name: (member) => <PersonName person={member} />,
    level: (member) => (
      <LevelSelect
        person={member}
        editable={editable}
        fixedBecause={lastOwner(member)}
        dialog={(level) => (props) => <MemberLevelDialog member={member} level={level} {...props} />}
      />
    ),
    email: (member) => <PersonEmail {...member} />,
    joined: ({ joinedAt }) => <RelativeTime moment={joinedAt} />,
    liveKeys: ({ id, name, liveKeys }) =>
      liveKeys !== null && (
        <KeyCountLink count={liveKeys} query={`creator=${id}`} noun="live key" of={`of ${name}`} />
      ),
    actions: (member) => (
      <DialogButton
        size="small"
        variant="ghost"
        disabledBecause={lastOwner(member)}
        aria-label={`Remove ${member.name}`}
        expect={RemoveMemberDialog.expect}
        dialog={(props) => <RemoveMemberDialog member={member} {...props} />}
        className="max-md:size-11 max-md:px-0"
      >
        <UserMinus aria-hidden className="md:hidden" />
        <span className="max-md:sr-only">Remove</span>
      </DialogButton>
    ),
  };
  const columns = withCells(memberColumnLayouts, cells);
  return columns.filter(({ id }) => (id !== "actions" || editable) && (id !== "liveKeys" || seesKeys));
}
