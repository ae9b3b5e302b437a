"use client";

import { useEffect, useEffectEvent } from "react";

/** As far as it is needed; the types of TypeScript do not have it. (HTML, 7.4.1, Navigation API) */
type NavigateEvent = Event & { readonly navigationType: "push" | "replace" | "reload" | "traverse" };

/**
 * Holds the browser's Back and Forward while something would be lost, and says so instead. Nothing is put into the
 * history for it. The browser lets a page do this once after each click or key; where it has no Navigation API,
 * the page that Back leads to is there at once, and the caller has to look after what it holds.
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
