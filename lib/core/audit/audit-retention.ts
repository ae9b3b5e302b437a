/** No shorter: most incidents are found out within weeks, and nobody should be able to erase them first. */
export const leastRetentionDays = 30;
export const mostRetentionDays = 3650;

const dayMs = 24 * 60 * 60 * 1000;
/** A change of the setting takes effect after so long: owners who did not make it can take it back until then. */
export const retentionDelayDays = 7;

/** What the chain says about how long its entries are kept: the newest entry that set it. */
export type RetentionSetting = {
  /** Null: for good. */
  readonly days: number | null;
  /** When it was set; null if a cut by it tells that it was in effect. */
  readonly since: Date | null;
};

/** May the log be cut by this setting, and has it stood long enough to be taken back? */
export function isInEffect(setting: RetentionSetting, days: number, now: Date): boolean {
  if (setting.days !== days) return false;
  return setting.since === null || setting.since.getTime() <= now.getTime() - retentionDelayDays * dayMs;
}

/** The time before which entries are no longer kept. */
export function keptSince(retentionDays: number, now: Date): Date {
  return new Date(now.getTime() - retentionDays * dayMs);
}

/**
 * Is it time to cut? Only when an entry is a day older than it has to be: each cut adds an entry, and one a day is
 * enough.
 */
export function isCutDue(oldestAt: Date, retentionDays: number, now: Date): boolean {
  return oldestAt.getTime() < keptSince(retentionDays, now).getTime() - dayMs;
}

/** Does the change make entries end earlier than before? @param before null: never */
export function endsEarlier(before: number | null, after: number | null): boolean {
  return after !== null && (before === null || after < before);
}
