"use client";

import { createContext, type ReactNode, useContext, useEffect, useState } from "react";

const NowContext = createContext<Date | null>(null);
const tickMs = 30_000;

/**
 * The server's clock for all that is relative to it, so that the first picture in the browser is the
 * one the server drew, and a browser whose clock is wrong still says the right thing.
 */
export function NowProvider({ serverNow, children }: { serverNow: Date; children: ReactNode }) {
  const serverMs = serverNow.getTime();
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    const since = performance.now();
    const current = () => new Date(serverMs + performance.now() - since);
    setNow(current());
    const timer = setInterval(() => setNow(current()), tickMs);
    return () => clearInterval(timer);
  }, [serverMs]);
  return <NowContext.Provider value={now}>{children}</NowContext.Provider>;
}

export function useNow(): Date {
  const now = useContext(NowContext);
  if (now === null) throw new Error("useNow needs a NowProvider around it");
  return now;
}
