import { countOf } from "@/components/ui/count-of";
import { grouped } from "@/components/ui/grouped";
import type { LifetimePreview } from "@/lib/services/organizations/lifetime-preview";

/** The server stops counting here. */
const most = 10_000;

function counted(keys: number, noun: string): string {
  return keys > most ? `more than ${grouped(most)} ${noun}s` : countOf(keys, noun);
}

/** The message after a save. @param shortened the number of keys that now end earlier */
export function savedText(shortened: number): string {
  if (shortened === 0) return "Settings saved";
  const keys = counted(shortened, "key");
  const which = keys.charAt(0).toUpperCase() + keys.slice(1);
  return `Settings saved. ${which} now ${shortened === 1 ? "expires" : "expire"} earlier.`;
}

/** What a maximum lifetime does to the keys, as a sentence. */
export function endsText({ now, soon, later }: Pick<LifetimePreview, "now" | "soon" | "later">): string {
  const ends = [
    ...(now === 0 ? [] : [`${countOf(now, "key")} will expire at once`]),
    ...(soon === 0 ? [] : [`${countOf(soon, "key")} will expire within 7 days`]),
    ...(later.count === 0 ? [] : [laterText(later.count)]),
  ];
  return `${[...ends.slice(0, -1), ends.length > 1 ? `and ${ends.at(-1)}` : ends.at(-1)].join(", ")}.`;
}

/** "12 more keys will expire earlier" */
export function laterText(count: number): string {
  return `${counted(count, "more key")} will expire earlier`;
}
