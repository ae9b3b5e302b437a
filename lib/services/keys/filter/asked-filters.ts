import type { AccessLevel } from "@/lib/core/access/access-level";
import type { KeyType } from "@/lib/core/access/effective-permissions";
import type { TimeRange } from "@/lib/core/keys/filter/time-filter";
import type { LabelFilter } from "@/lib/schemas/key-filters";
import type { KeyConditions } from "./key-conditions";

/** The filters of a program's request. Undefined ones do not filter. */
export type AskedFilters = {
  readonly subject?: string | undefined;
  readonly label?: readonly LabelFilter[] | undefined;
  readonly role?: string | undefined;
  readonly creator?: string | undefined;
  readonly level?: AccessLevel | undefined;
  readonly type?: KeyType | undefined;
  readonly createdAfter?: Date | undefined;
  readonly createdBefore?: Date | undefined;
  readonly lastUsedAfter?: Date | undefined;
  readonly lastUsedBefore?: Date | undefined;
  readonly expiresAfter?: Date | undefined;
  readonly expiresBefore?: Date | undefined;
};

export function conditionsOf(asked: AskedFilters): KeyConditions {
  return {
    subjects: only(asked.subject),
    labels: asked.label,
    roles: only(asked.role),
    creators: only(asked.creator),
    levels: only(asked.level),
    types: only(asked.type),
    created: between(asked.createdAfter, asked.createdBefore),
    used: between(asked.lastUsedAfter, asked.lastUsedBefore),
    expires: between(asked.expiresAfter, asked.expiresBefore),
  };
}

function only<T>(value: T | undefined): readonly T[] | undefined {
  return value === undefined ? undefined : [value];
}

function between(from: Date | undefined, to: Date | undefined): TimeRange[] {
  return from === undefined && to === undefined ? [] : [{ never: false, from: from ?? null, to: to ?? null }];
}
