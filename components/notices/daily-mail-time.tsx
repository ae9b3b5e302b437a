"use client";

import { useHourText } from "@/components/ui/time/exact-time";

/** When the mail of a day comes, in the reader's own time: the days are those of UTC. */
export function DailyMailTime({ reminders }: { reminders: Date }) {
  const hour = useHourText(reminders);
  return (
    <p className="mb-1.5 text-[0.8125rem] text-ink-muted">
      An hour after the first notice of a day. Reminders of expiring keys are the first, so mostly at about{" "}
      {hour}.
    </p>
  );
}
