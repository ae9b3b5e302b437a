"use client";

import type { ComponentProps, SyntheticEvent } from "react";
import { exactTimeText, useDayText, useExactTime } from "./exact-time";
import { useNow } from "./now-provider";
import { relativeTimeText } from "./relative-time-text";

type TimeProps = Omit<ComponentProps<"time">, "dateTime" | "children"> & { moment: Date };

type RelativeTimeProps = TimeProps & {
  /** "3 min ago" instead of "3 minutes ago". */
  short?: boolean;
};

/** "5 minutes ago", with the exact time on hover. */
export function RelativeTime({ moment, short = false, ...rest }: RelativeTimeProps) {
  return (
    <time dateTime={moment.toISOString()} {...rest} {...exactOnHover}>
      {relativeTimeText(moment, useNow(moment), short)}
    </time>
  );
}

/** The day, with the exact time on hover. */
export function Day({ moment, ...rest }: TimeProps) {
  return (
    <time dateTime={moment.toISOString()} {...rest} {...exactOnHover}>
      {useDayText(moment)}
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

/** A page has hundreds of times and few are hovered over, so the title is set on hover. */
const exactOnHover = { onPointerEnter: showExactTime };

function showExactTime({ currentTarget }: SyntheticEvent<HTMLTimeElement>): void {
  currentTarget.title = exactTimeText(new Date(currentTarget.dateTime));
}
