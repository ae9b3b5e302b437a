import { useSyncExternalStore } from "react";
import { connection } from "./connection";

/** Is the server unreachable? A note above the page says so (PageNotes). */
export function useIsLost(): boolean {
  return useSyncExternalStore(connection.subscribe, isLost, () => false);
}

/** Whether to show that something is loading. Without a connection it only waits, so no spinner is shown. */
export function useOnItsWay(pending: boolean): boolean {
  return !useIsLost() && pending;
}

const isLost = () => connection.read().lost !== null;
