"use client";

import { useEffect, useRef, useState } from "react";
import { useBackGuard } from "./use-back-guard";

/** A second press this soon is the second half of a double click, not a confirmation. */
const doubleClickMs = 600;

/**
 * Guards a dialog in which leaving would lose something. The first attempt to leave, by a button, Escape, a click
 * outside or the browser's Back, asks; the second one leaves.
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
  // For a reload, another URL or a closed tab, the browser asks instead.
  useEffect(() => {
    if (!atStake) return;
    const stay = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", stay);
    return () => window.removeEventListener("beforeunload", stay);
  }, [atStake]);
  return { asked: asked && atStake, ask, leave };
}
