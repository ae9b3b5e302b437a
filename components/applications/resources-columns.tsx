import { type Cells, withCells } from "@/components/data-table/column";
import { KeyCountLink } from "@/components/keys/list/key-count-link";
import { rowMenu } from "@/components/list/row-menu";
import { grouped } from "@/components/ui/grouped";
import { RelativeTime } from "@/components/ui/time/relative-time";
import { levelWord } from "@/lib/core/access/access-level";
import type { ResourceType } from "@/lib/core/access/resource";
import type { ResourceRow } from "@/lib/services/resources/resource-view";
import { type resourceColumnLayouts, shownResourceColumns } from "./resource-column-layouts";
import { ResourceNameLink } from "./resource-name-link";

const ResourceMenu = rowMenu(async () => (await import("./resource-menu")).ResourceMenu);

const cells: Cells<typeof resourceColumnLayouts, ResourceRow> = {
  name: (resource) => <ResourceNameLink resource={resource} />,
  level: ({ level }) => (level === null ? <span className="text-ink-faint">None</span> : levelWord(level)),
  workspaces: ({ workspaces }) => count(workspaces),
  userGroups: ({ userGroups }) => count(userGroups),
  people: ({ people }) => (
    <span
      className={`max-md:text-ink-muted max-md:before:content-['·_'] ${people === 1 ? "max-md:after:content-['_person']" : "max-md:after:content-['_people']"}`}
    >
      {count(people)}
    </span>
  ),
  liveKeys: (resource) => <LiveKeys {...resource} />,
  created: ({ createdAt }) => <RelativeTime moment={createdAt} />,
  actions: (resource) => <ResourceMenu label={`Actions for ${resource.name}`} resource={resource} />,
};

function LiveKeys({ type, id, name, liveKeys }: ResourceRow) {
  if (liveKeys === null) return null;
  return (
    <KeyCountLink count={liveKeys} query={`namespace=${type}:${id}`} noun="live key" of={`in ${name}`} />
  );
}

function count(number: number | null) {
  return <span className="tabular-nums">{number !== null && grouped(number)}</span>;
}

/** @param seesKeys whether the viewer may see the number of keys */
export function resourcesColumns(type: ResourceType, seesKeys: boolean) {
  return withCells(shownResourceColumns(type, seesKeys), cells);
}
