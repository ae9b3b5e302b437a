import type { LifetimeBound } from "@/lib/core/keys/effective-end";
import { effectiveEnd, maximumFor } from "@/lib/core/keys/effective-end";
import { keyFindings } from "@/lib/core/keys/filter/hygiene";
import type { FilterKind, KeyFilters } from "@/lib/core/keys/filter/key-filters";
import { eachFilter } from "@/lib/core/keys/filter/key-filters";
import { timeRange } from "@/lib/core/keys/filter/time-filter";
import type { ListedKey } from "./random-keys";

/** Does the key meet the filters of a list? An independent implementation of what the SQL statement does. */
export function meetsFilters(key: ListedKey, filters: KeyFilters, bound: LifetimeBound, now: Date): boolean {
  const lifetime = { ...key, maximumLifetimeDays: maximumFor(bound, key.id) };
  const place = key.workspace ?? key.userGroup ?? key.application;
  const labels = new Map(Object.entries(key.labels as Record<string, string>));
  const within = (kind: "created" | "used" | "expires", value: string, time: Date | null) => {
    const range = timeRange(kind, value, now);
    if (range.never || time === null) return range.never === (time === null);
    return (range.from === null || time >= range.from) && (range.to === null || time < range.to);
  };
  const meets: Readonly<Record<FilterKind, (value: string) => boolean>> = {
    creator: (value) =>
      key.creatorId === value || `${key.creator.name} ${key.creator.email}`.toLowerCase().includes(value),
    namespace: (value) =>
      value === "organization"
        ? key.namespaceType === value
        : [place?.id, `${key.namespaceType}:${place?.id}`].includes(value) ||
          place?.name.toLowerCase().includes(value) === true ||
          key.application?.name.toLowerCase().includes(value) === true ||
          (key.workspace ?? key.userGroup)?.application?.name.toLowerCase().includes(value) === true,
    role: (value) => key.roles.some(({ builtInRoleId }) => builtInRoleId === value),
    level: (value) => key.accessLevel.toLowerCase() === value,
    type: (value) => key.type === value,
    subject: (value) => key.subject === value,
    label: (value) => {
      const [name = "", text] = value.split(/=(.*)/s);
      return text === undefined ? labels.has(name) : labels.get(name) === text;
    },
    created: (value) => within("created", value, key.createdAt),
    used: (value) => within("used", value, key.lastUsedAt),
    expires: (value) => within("expires", value, effectiveEnd(lifetime)),
    is: (value) => keyFindings(lifetime, now).some((finding) => finding === value),
  };
  const all = ["label", "created", "used", "expires"];
  const each = eachFilter(filters);
  return each.every(
    ({ kind, value }) =>
      meets[kind](value) ||
      (!all.includes(kind) && each.some((other) => other.kind === kind && meets[kind](other.value))),
  );
}
