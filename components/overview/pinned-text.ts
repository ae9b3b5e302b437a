import { grouped } from "@/components/ui/grouped";
import type { PinnedEvent } from "@/lib/services/overview/overview-view";

const verbs: Readonly<Record<PinnedEvent["action"], string>> = {
  "key.paused": "paused",
  "key.resumed": "resumed",
  "key.revoked": "revoked",
  "key.deleted": "deleted",
  "key.grace_ended": "ended the grace of",
  "key.rolled": "rolled",
  "key.updated": "edited",
  "role.updated": "edited the role",
  "member.removed": "removed",
  "organization.updated": "changed the settings",
};

/** The longest name that fits beside the chart, in characters. */
const longestName = 24;

/** "Ben Okafor paused Zapier order sync and 2 more". */
export function pinnedText({ actorName, action, targetName, more }: PinnedEvent): string {
  const target = action === "organization.updated" ? [] : [short(targetName)];
  const others = more === 0 || target.length === 0 ? [] : [`and ${grouped(more)} more`];
  return [short(actorName), verbs[action], ...target, ...others].join(" ");
}

/** Shortens a name, and isolates it so that right-to-left text does not reorder the sentence. */
function short(name: string): string {
  const letters = [...name];
  const shown = letters.length > longestName ? `${letters.slice(0, longestName - 1).join("")}…` : name;
  return `\u2068${shown}\u2069`;
}
