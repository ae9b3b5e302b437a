"use client";

import { useEffect, useEffectEvent, useRef, useState } from "react";

/** A second press this soon is the second half of a double click, not a confirmation. */
const doubleClickMs = 600;

/**
 * Guards a dialog in which leaving would lose something. The first attempt to leave (by a button, Escape, a click
 * outside or the browser's Back) asks, the second one leaves.
 */
export function useAskOnce(atStake: boolean, onLeave: () => void) {
  const [asked, setAsked] = useState(false);
  const askedAt = useRef(0);
  const ask = () => {
    askedAt.current = performance.now();
    setAsked(true);
  };
  /** Withdraws the question, so the next attempt to leave asks again. */
  const keep = () => setAsked(false);
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
  return { asked: asked && atStake, ask, leave, keep };
}

/** The part we use, which TypeScript's DOM types lack. (HTML, 7.4.1, Navigation API) */
type NavigateEvent = Event & { readonly navigationType: "push" | "replace" | "reload" | "traverse" };

/**
 * Blocks the browser's Back and Forward while active, and calls `onBack` instead. Adds no history entries. Browsers
 * allow a page to block only once per click or key press. Without the Navigation API the page goes back at once, and
 * the caller must rescue what it holds.
 */
function useBackGuard(active: boolean, onBack: () => void): void {
  const held = useEffectEvent(onBack);
  useEffect(() => {
    const navigation: EventTarget | undefined = Reflect.get(window, "navigation");
    if (!active || navigation === undefined) return;
    const hold = (event: Event) => {
      if ((event as NavigateEvent).navigationType !== "traverse" || !event.cancelable) return;
      event.preventDefault();
      held();
    };
    navigation.addEventListener("navigate", hold);
    return () => navigation.removeEventListener("navigate", hold);
  }, [active]);
}
