"use client";

import { useEffect, useRef, useState } from "react";
import { useBackGuard } from "./use-back-guard";

/** A second press this soon is the other half of a double click, not an answer. */
const doubleClickMs = 600;

/**
 * Leaving a dialog in which something would be lost: the first time it asks, whether by a button, Escape, a click
 * beside it or the browser's Back; the second time it leaves.
 */
export function useAskOnce(atStake: boolean, onLeave: () => void) {
  const [asked, setAsked] = useState(false);
  const askedAt = useRef(0);
  const ask = () => {
    askedAt.current = performance.now();
    setAsked(true);
  };
  const leave = () => {
    if (!atStake) onLeave();
    else if (!asked) ask();
    else if (performance.now() - askedAt.current > doubleClickMs) onLeave();
  };
  useBackGuard(atStake && !asked, ask);
  // Of a reload, another address and the end of the tab the browser asks itself.
  useEffect(() => {
    if (!atStake) return;
    const stay = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", stay);
    return () => window.removeEventListener("beforeunload", stay);
  }, [atStake]);
  return { asked: asked && atStake, ask, leave };
}
