"use client";

import { useSyncExternalStore } from "react";

const never = () => () => undefined;

/** A moment in the reader's time zone, to the second, with the zone's name. */
export function exactTimeText(moment: Date): string {
  return new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    timeZoneName: "short",
  }).format(moment);
}

/** The server does not know the reader's zone, so it renders UTC and the browser corrects it. */
export function useExactTime(moment: Date): string {
  return useSyncExternalStore(
    never,
    () => exactTimeText(moment),
    () => `${moment.toISOString().slice(0, 19).replace("T", " ")} UTC`,
  );
}

/** The reader's time zone, such as Europe/Berlin. */
export function useTimeZone(): string {
  return useSyncExternalStore(
    never,
    () => new Intl.DateTimeFormat().resolvedOptions().timeZone,
    () => "UTC",
  );
}
