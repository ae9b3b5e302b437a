"use client";

import { createContext, type ReactNode, useContext, useEffect, useState } from "react";

const NowContext = createContext<Date | null>(null);
const tickMs = 30_000;

/** How far the server's clock is ahead of performance.now(): the highest value any response has shown. */
let aheadMs = Number.NEGATIVE_INFINITY;

/**
 * Provides the server's clock for relative times. The browser's first render then matches the server's, and a wrong
 * browser clock does no harm. The latest server time wins: a page the router cached for Back carries an old one, which
 * would turn the clock back.
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
 * The server's time, up to half a minute old. Never before a `moment` that has already passed: a row fetched since the
 * last tick did not happen "in a moment".
 */
export function useNow(moment?: Date): Date {
  const now = useContext(NowContext);
  if (now === null) throw new Error("useNow needs a NowProvider around it");
  if (moment === undefined || moment <= now) return now;
  return new Date(Math.max(now.getTime(), aheadMs + performance.now()));
}
