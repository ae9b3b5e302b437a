import { useSyncExternalStore } from "react";
import { connection } from "./connection";

/** The server cannot be reached. A note above the page says so (PageNotes). */
export function useIsLost(): boolean {
  return useSyncExternalStore(connection.subscribe, isLost, () => false);
}

/** What was asked for is on its way. Without a connection it waits, and nothing on the page turns meanwhile. */
export function useOnItsWay(pending: boolean): boolean {
  return !useIsLost() && pending;
}

const isLost = () => connection.read().lost !== null;
