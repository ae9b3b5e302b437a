"use client";

import { useSyncExternalStore } from "react";
import { dayText, zonedText } from "./zoned-text";

const never = () => () => undefined;

const toTheSecond = {
  day: "numeric",
  month: "short",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  timeZoneName: "short",
} as const;

let zone: string | undefined;

/** The time zone of the browser. */
export function ownZone(): string {
  zone ??= new Intl.DateTimeFormat().resolvedOptions().timeZone;
  return zone;
}

/** A moment in the reader's time zone, to the second, with the zone's name. */
export function exactTimeText(moment: Date): string {
  return zonedText(moment, ownZone(), toTheSecond);
}

/** The server does not know the reader's zone, so it renders UTC and the browser corrects it. */
export function useExactTime(moment: Date): string {
  return useSyncExternalStore(
    never,
    () => exactTimeText(moment),
    () => zonedText(moment, "UTC", toTheSecond),
  );
}

/** The day of a moment in the reader's time zone, such as "1 Mar 2027"; rendered in UTC first. */
export function useDayText(moment: Date): string {
  return useSyncExternalStore(
    never,
    () => dayText(moment, ownZone()),
    () => dayText(moment, "UTC"),
  );
}

const toTheMinute = { hour: "2-digit", minute: "2-digit", timeZoneName: "short" } as const;

/** The time of day of a moment in the reader's time zone, such as "02:00 CET"; rendered in UTC first. */
export function useHourText(moment: Date): string {
  return useSyncExternalStore(
    never,
    () => zonedText(moment, ownZone(), toTheMinute),
    () => zonedText(moment, "UTC", toTheMinute),
  );
}

/** The reader's time zone, such as Europe/Berlin. */
export function useTimeZone(): string {
  return useSyncExternalStore(never, ownZone, () => "UTC");
}
