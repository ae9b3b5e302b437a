import type { Column } from "@/components/data-table/column";
import { DialogButton } from "@/components/list/dialog-host";
import { lazyDialog } from "@/components/list/lazy-dialog";
import { LevelSelect } from "@/components/members/level-select";
import { PersonEmail, PersonName } from "@/components/members/person-name";
import { RelativeTime } from "@/components/ui/time/relative-time";
import type { GrantRow } from "@/lib/services/grants/grant-view";
import type { NamedResource } from "../resource-words";

const GrantLevelDialog = lazyDialog(async () => (await import("./grant-dialogs")).GrantLevelDialog);
const TakeGrantDialog = lazyDialog(async () => (await import("./grant-dialogs")).TakeGrantDialog);

type Shown = {
  readonly resource: NamedResource;
  /** May the viewer manage access? */
  readonly manageable: boolean;
  /** May the viewer see how many keys each person has? */
  readonly seesKeys: boolean;
  readonly onTaken?: (person: GrantRow) => void;
};

export function peopleColumns(shown: Shown): readonly Column<GrantRow>[] {
  const { resource, manageable, seesKeys, onTaken } = shown;
  const columns: readonly Column<GrantRow>[] = [
    {
      id: "name",
      title: "Name",
      width: "w-44 sm:w-60",
      sticky: "start",
      cell: (person) => <PersonName person={person} />,
    },
    {
      id: "level",
      title: "Access level",
      width: "w-41 sm:w-36",
      cell: (person) => (
        <LevelSelect
          person={person}
          editable={manageable}
          dialog={(level) => (props) => (
            <GrantLevelDialog resource={resource} person={person} level={level} {...props} />
          )}
        />
      ),
    },
    { id: "email", title: "Email", width: "w-64", cell: (person) => <PersonEmail {...person} /> },
    {
      id: "given",
      title: "Given",
      width: "w-32",
      cell: ({ givenAt }) => (
        <span className="text-ink-muted">
          <RelativeTime moment={givenAt} />
        </span>
      ),
    },
    {
      id: "liveKeys",
      title: "Live keys here",
      width: "w-32",
      cell: ({ liveKeys }) => <span className="tabular-nums">{liveKeys}</span>,
    },
    {
      id: "actions",
      title: "",
      width: "w-32",
      cell: (person) => (
        <DialogButton
          size="small"
          variant="ghost"
          aria-label={`Take access from ${person.name}`}
          dialog={(props) => (
            <TakeGrantDialog
              resource={resource}
              person={person}
              onTaken={() => onTaken?.(person)}
              {...props}
            />
          )}
          className="max-sm:h-10"
        >
          Take access
        </DialogButton>
      ),
    },
  ];
  return columns.filter(({ id }) => (id !== "actions" || manageable) && (id !== "liveKeys" || seesKeys));
}
