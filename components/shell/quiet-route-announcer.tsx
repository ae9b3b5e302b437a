"use client";

import { useEffect } from "react";

/**
 * Next tells screen readers of a change of page through an element of role `alert` that is always
 * there. The role promises that something needs attention; announcing needs the live region alone.
 */
export function QuietRouteAnnouncer() {
  useEffect(() => {
    const quiet = () => {
      const announcer = document.querySelector("next-route-announcer")?.shadowRoot?.firstElementChild;
      announcer?.removeAttribute("role");
      return announcer != null;
    };
    if (quiet()) return;
    // It comes in an effect of its own, before or after this one.
    const observer = new MutationObserver(() => quiet() && observer.disconnect());
    observer.observe(document.body, { childList: true });
    return () => observer.disconnect();
  }, []);
  return null;
}
