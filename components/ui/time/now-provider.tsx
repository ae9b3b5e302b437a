"use client";

import { createContext, type ReactNode, useContext, useEffect, useState } from "react";

const NowContext = createContext<Date | null>(null);
const tickMs = 30_000;

/** The server's clock minus performance.now(): the highest value of all responses so far. */
let aheadMs = Number.NEGATIVE_INFINITY;

/**
 * Provides the server's clock for relative times, so that the browser's first render matches the server's and a wrong
 * browser clock does no harm. The latest server time wins, because a page cached for Back has an old one.
 */
export function NowProvider({ serverNow, children }: { serverNow: Date; children: ReactNode }) {
  const serverMs = serverNow.getTime();
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    aheadMs = Math.max(aheadMs, serverMs - performance.now());
    const tick = () => setNow(new Date(aheadMs + performance.now()));
    tick();
    const timer = setInterval(tick, tickMs);
    return () => clearInterval(timer);
  }, [serverMs]);
  return <NowContext.Provider value={now}>{children}</NowContext.Provider>;
}

/**
 * The server's time, up to half a minute old, but never before a `moment` that has already passed: a row fetched since
 * the last tick must not read "in a moment".
 */
export function useNow(moment?: Date): Date {
  const now = useContext(NowContext);
  if (now === null) throw new Error("useNow needs a NowProvider around it");
  if (moment === undefined || moment <= now) return now;
  return new Date(Math.max(now.getTime(), aheadMs + performance.now()));
}
