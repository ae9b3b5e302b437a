"use client";

import { useExactTime } from "./exact-time";
import { useNow } from "./now-provider";
import { relativeTimeText } from "./relative-time-text";

/** "5 minutes ago", with the exact time on hover. */
export function RelativeTime({ moment }: { moment: Date }) {
  const exact = useExactTime(moment);
  return (
    <time dateTime={moment.toISOString()} title={exact}>
      {relativeTimeText(moment, useNow(moment))}
    </time>
  );
}

/** The exact time followed by the relative one, where there is room for both. */
export function ExactTime({ moment }: { moment: Date }) {
  const exact = useExactTime(moment);
  return (
    <time dateTime={moment.toISOString()}>
      {exact}{" "}
      <span className="whitespace-nowrap text-ink-muted">({relativeTimeText(moment, useNow(moment))})</span>
    </time>
  );
}
