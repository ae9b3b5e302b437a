import type { Column } from "@/components/data-table/column";
import { DialogButton } from "@/components/list/dialog-host";
import { RelativeTime } from "@/components/ui/time/relative-time";
import type { MemberRow } from "@/lib/services/members/member-view";
import { LevelSelect } from "./level-select";
import { MemberLevelDialog, RemoveMemberDialog } from "./member-dialogs";
import { PersonEmail, PersonName } from "./person-name";

type Shown = {
  /** May the viewer change levels and remove members? */
  readonly editable: boolean;
  /** May the viewer see how many keys each member has? */
  readonly seesKeys: boolean;
};

export function membersColumns({ editable, seesKeys }: Shown): readonly Column<MemberRow>[] {
  const columns: readonly Column<MemberRow>[] = [
    {
      id: "name",
      title: "Name",
      width: "w-44 sm:w-60",
      sticky: "start",
      cell: (member) => <PersonName person={member} />,
    },
    {
      id: "level",
      title: "Access level",
      width: "w-41 sm:w-36",
      cell: (member) => (
        <LevelSelect
          person={member}
          editable={editable}
          fixedBecause={member.isLastOwner ? "The last owner can neither leave nor be demoted" : undefined}
          dialog={(level) => (props) => <MemberLevelDialog member={member} level={level} {...props} />}
        />
      ),
    },
    { id: "email", title: "Email", width: "w-64", cell: (member) => <PersonEmail {...member} /> },
    {
      id: "joined",
      title: "Joined",
      width: "w-32",
      cell: ({ joinedAt }) => <RelativeTime moment={joinedAt} />,
    },
    {
      id: "liveKeys",
      title: "Live keys",
      width: "w-24",
      cell: ({ liveKeys }) => <span className="tabular-nums">{liveKeys}</span>,
    },
    {
      id: "actions",
      title: "",
      width: "w-28",
      cell: (member) => (
        <DialogButton
          size="small"
          variant="ghost"
          disabled={member.isLastOwner}
          aria-label={`Remove ${member.name}`}
          dialog={(props) => <RemoveMemberDialog member={member} {...props} />}
          className="max-sm:h-10"
        >
          Remove
        </DialogButton>
      ),
    },
  ];
  return columns.filter(({ id }) => (id !== "actions" || editable) && (id !== "liveKeys" || seesKeys));
}
