import { accessLevels, levelWord } from "@/lib/core/access/access-level";
import type { HygieneKind } from "@/lib/core/keys/filter/hygiene";
import { hygieneKinds } from "@/lib/core/keys/filter/hygiene";
import type { FilterKind } from "@/lib/core/keys/filter/key-filters";
import { typeWords } from "../key-words";

export const filterTitles: Readonly<Record<FilterKind, string>> = {
  creator: "Creator",
  namespace: "Namespace",
  role: "Role",
  level: "Level",
  type: "Type",
  subject: "Subject",
  label: "Label",
  created: "Created",
  used: "Last used",
  expires: "Expires",
  is: "Hygiene",
};

export const hygieneWords: Readonly<Record<HygieneKind, string>> = {
  "never-used": "Never used",
  idle: "Idle 90 days",
  "never-expires": "Never expires",
  "expiring-soon": "Expiring soon",
  "over-privileged": "Over-privileged",
};

const units = { h: "hour", d: "day", w: "week", m: "month", y: "year" } as const;

/** A filter in words: "Creator is Tomás Herrera", "Last used more than 90 days ago". */
export type FilterWords = { readonly of: string; readonly is: string; readonly value: string };

/** @param names the names of people and namespaces, by id */
export function filterWords(
  kind: FilterKind,
  value: string,
  names: Readonly<Record<string, string>>,
): FilterWords {
  const of = filterTitles[kind];
  switch (kind) {
    case "creator":
    case "namespace": {
      const name = names[value];
      if (name !== undefined) return { of, is: "is", value: name };
      if (value === "organization") return { of, is: "is", value: "the organization" };
      if (/[0-9a-f]{8}-[0-9a-f-]{27}$/.test(value)) return { of, is: "is", value: "no longer here" };
      return { of, is: "contains", value };
    }
    case "level": {
      const level = accessLevels.find((one) => one.toLowerCase() === value);
      return { of, is: "is", value: level === undefined ? value : levelWord(level) };
    }
    case "type":
      return { of, is: "is", value: value === "secret" || value === "public" ? typeWords[value] : value };
    case "label":
      return { of, is: value.includes("=") ? "is" : "named", value };
    case "is":
      return {
        of,
        is: "is",
        value: hygieneWords[hygieneKinds.find((one) => one === value) ?? "idle"] ?? value,
      };
    case "created":
    case "used":
    case "expires":
      return { of, ...timeWords(kind, value) };
    default:
      return { of, is: "is", value };
  }
}

function timeWords(kind: "created" | "used" | "expires", value: string): Omit<FilterWords, "of"> {
  const [, side, count, unit] = /^([<>])(\d+)([hdwmy])$/.exec(value) ?? [];
  if (unit !== undefined) {
    const length = `${count} ${units[unit as keyof typeof units]}${count === "1" ? "" : "s"}`;
    if (kind === "expires") return { is: side === "<" ? "within" : "in more than", value: length };
    return side === "<" ? { is: "in the last", value: length } : { is: "more than", value: `${length} ago` };
  }
  if (value.startsWith("<")) return { is: "before", value: value.slice(1) };
  if (value.startsWith(">")) return { is: "after", value: value.slice(1) };
  return value === "never" ? { is: "is", value: "never" } : { is: "on", value };
}
