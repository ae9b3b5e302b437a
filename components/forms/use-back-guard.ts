"use client";

import { useEffect, useEffectEvent } from "react";

/** The part we need; TypeScript's types do not have it yet. (HTML, 7.4.1, Navigation API) */
type NavigateEvent = Event & { readonly navigationType: "push" | "replace" | "reload" | "traverse" };

/**
 * Blocks the browser's Back and Forward while something would be lost, and calls `onBack` instead. It adds nothing to
 * the history. Browsers let a page block once per click or key press. Without the Navigation API the page goes back at
 * once, and the caller must rescue what it holds.
 */
export function useBackGuard(active: boolean, onBack: () => void): void {
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
