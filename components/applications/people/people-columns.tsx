"use client";

import type { ReactNode } from "react";
import { columnsOf } from "@/components/data-table/columns-of";
import { LevelSelect } from "@/components/members/level-select";
import { PersonName } from "@/components/members/person-name";
import { Button } from "@/components/ui/button";
import { RelativeTime } from "@/components/ui/time/relative-time";
import type { GrantRow } from "@/lib/services/grants/grant-view";
import { type PeopleColumnId, peopleColumnLayout } from "./people-column-layout";
import { usePeople } from "./people-context";

const cells: Record<PeopleColumnId, (person: GrantRow) => ReactNode> = {
  name: (person) => <PersonName person={person} />,
  level: (person) => <PersonLevel person={person} />,
  email: ({ email }) => (
    <span className="block truncate text-ink-muted" title={email}>
      {email}
    </span>
  ),
  given: ({ givenAt }) => (
    <span className="text-ink-muted">
      <RelativeTime moment={givenAt} />
    </span>
  ),
  liveKeys: ({ liveKeys }) => <span className="tabular-nums">{liveKeys}</span>,
  actions: (person) => <TakeButton person={person} />,
};

/** Adds the actions if the viewer may manage access, and key counts if they may see them. */
export function peopleColumns(shown: { readonly actions: boolean; readonly liveKeys: boolean }) {
  const layouts = peopleColumnLayout.filter(({ id }) => (id !== "actions" && id !== "liveKeys") || shown[id]);
  return columnsOf(layouts, cells);
}

function PersonLevel({ person }: { person: GrantRow }) {
  const people = usePeople();
  if (people === null) return <span className="text-[0.8125rem]">{person.level}</span>;
  return (
    <LevelSelect
      name={person.name}
      level={person.level}
      onChoose={(level, opener) => people.change(person, level, opener)}
    />
  );
}

function TakeButton({ person }: { person: GrantRow }) {
  const people = usePeople();
  if (people === null) return null;
  return (
    <Button
      size="small"
      variant="ghost"
      aria-label={`Take access from ${person.name}`}
      onClick={(event) => people.take(person, event.currentTarget)}
      className="max-sm:h-10"
    >
      Take access
    </Button>
  );
}
