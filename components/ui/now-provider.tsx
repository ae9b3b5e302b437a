"use client";

import { createContext, type ReactNode, useContext, useEffect, useState } from "react";

const NowContext = createContext<Date | null>(null);
const tickMs = 30_000;

/** How far the server's clock is ahead of this page's stopwatch, as far as any answer has told. */
let aheadMs = Number.NEGATIVE_INFINITY;

/**
 * The server's clock for all that is relative to it, so that the first picture in the browser is the
 * one the server drew, and a browser whose clock is wrong still says the right thing. The latest answer counts:
 * one that the router kept for Back is as old as it says, and would turn the clock back.
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
 * The time by the server's clock, up to half a minute old; no older than `moment` where that has passed:
 * what was fetched since the last tick did not happen "in a moment".
 */
export function useNow(moment?: Date): Date {
  const now = useContext(NowContext);
  if (now === null) throw new Error("useNow needs a NowProvider around it");
  if (moment === undefined || moment <= now) return now;
  return new Date(Math.max(now.getTime(), aheadMs + performance.now()));
}
