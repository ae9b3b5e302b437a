/** So many days before a key ends, its people are told. */
export const reminderDays = [14, 7, 1] as const;
export type ReminderDays = (typeof reminderDays)[number];

const dayMs = 24 * 60 * 60 * 1000;

/**
 * The reminder that a key's people should have had last; null if none is due. A reminder is due when the day (UTC) begins
 * that is so many days before the day of the end: keys that end on one day are told of together. One that was due before
 * the key was made is left out, since whoever made it knows: a key that lives for three days has only the last one (L17).
 *
 * @param endsAt the key's effective end
 */
export function reminderDue(createdAt: Date, endsAt: Date, now: Date): ReminderDays | null {
  if (endsAt <= now) return null;
  const endDay = Math.floor(endsAt.getTime() / dayMs) * dayMs;
  const due = reminderDays.filter((days) => {
    const dueMs = endDay - days * dayMs;
    return dueMs <= now.getTime() && dueMs > createdAt.getTime();
  });
  return due.at(-1) ?? null;
}
