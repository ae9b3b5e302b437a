/** How many days before a key's end its people are reminded. */
export const reminderDays = [14, 7, 1] as const;
export type ReminderDays = (typeof reminderDays)[number];

const dayMs = 24 * 60 * 60 * 1000;

/**
 * The latest reminder that is due for a key; null if none is. A reminder is due from the start of the day (UTC) that
 * many days before the day of the end, so that keys ending on one day share a reminder. Reminders that were due before
 * the key was created are skipped, since its creator knows: a key that lives for three days only gets the last one.
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
