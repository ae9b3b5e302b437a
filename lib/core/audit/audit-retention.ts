/** Most incidents are discovered within weeks, and nobody should be able to erase the entries first. */
export const leastRetentionDays = 30;
export const mostRetentionDays = 3650;

const dayMs = 24 * 60 * 60 * 1000;
/** A new setting takes effect after this delay, in which another owner can revert it. */
export const retentionDelayDays = 7;

/** The retention according to the audit chain: the newest entry that set it. */
export type RetentionSetting = {
  /** Null keeps entries forever. */
  readonly days: number | null;
  /** When the retention was set; null if a cut shows that it is already in effect. */
  readonly since: Date | null;
};

/** Is this setting old enough for cutting the log after `days`? */
export function isInEffect(setting: RetentionSetting, days: number, now: Date): boolean {
  if (setting.days !== days) return false;
  return setting.since === null || setting.since <= pendingSince(now);
}

/** Changes made after this time have not taken effect yet. */
export function pendingSince(now: Date): Date {
  return new Date(now.getTime() - retentionDelayDays * dayMs);
}

/** When a change that is made at this time takes effect. */
export function retentionFrom(changedAt: Date): Date {
  return new Date(changedAt.getTime() + retentionDelayDays * dayMs);
}

/** The time before which entries are no longer kept. */
export function keptSince(retentionDays: number, now: Date): Date {
  return new Date(now.getTime() - retentionDays * dayMs);
}

/** Is it time to cut? Only when the oldest entry is a day overdue: each cut adds an entry, and one a day is enough. */
export function isCutDue(oldestAt: Date, retentionDays: number, now: Date): boolean {
  return oldestAt.getTime() < keptSince(retentionDays, now).getTime() - dayMs;
}

/** Does the change remove entries earlier than before? Null keeps them forever. */
export function endsEarlier(before: number | null, after: number | null): boolean {
  return after !== null && (before === null || after < before);
}
