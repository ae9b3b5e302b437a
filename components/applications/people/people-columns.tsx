import { UserMinus } from "lucide-react";
import type { Column } from "@/components/data-table/column";
import { DialogButton } from "@/components/list/dialog-host";
import { LevelSelect } from "@/components/members/level-select";
import { PersonEmail, PersonName } from "@/components/members/person-name";
import { grouped } from "@/components/ui/grouped";
import { lazyDialog } from "@/components/ui/lazy/lazy-dialog";
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
      width: "",
      phone: "whole",
      cell: (person) => <PersonName person={person} />,
    },
    {
      id: "level",
      title: "Access level",
      width: "w-36",
      phone: "end",
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
    {
      id: "email",
      title: "Email",
      width: "w-64 @max-[920px]/table:hidden",
      cell: (person) => <PersonEmail {...person} />,
    },
    {
      id: "given",
      title: "Given",
      width: "w-32 @max-[720px]/table:hidden",
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
      cell: ({ liveKeys }) => <span className="tabular-nums">{liveKeys !== null && grouped(liveKeys)}</span>,
    },
    {
      id: "actions",
      title: "",
      width: "w-32",
      phone: "actions",
      cell: (person) => (
        <DialogButton
          size="small"
          variant="ghost"
          aria-label={`Remove access of ${person.name}`}
          dialog={(props) => (
            <TakeGrantDialog
              resource={resource}
              person={person}
              onTaken={() => onTaken?.(person)}
              {...props}
            />
          )}
          className="max-md:size-11 max-md:px-0"
        >
          <UserMinus aria-hidden className="md:hidden" />
          <span className="max-md:sr-only">Remove access</span>
        </DialogButton>
      ),
    },
  ];
  return columns.filter(({ id }) => (id !== "actions" || manageable) && (id !== "liveKeys" || seesKeys));
}
