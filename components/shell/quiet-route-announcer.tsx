"use client";

import { useEffect } from "react";

/**
 * Next announces page changes to screen readers through an element with role `alert` that is always in the page. That
 * role means something needs attention; a live region is enough to announce.
 */
export function QuietRouteAnnouncer() {
  useEffect(() => {
    const quiet = () => {
      const announcer = document.querySelector("next-route-announcer")?.shadowRoot?.firstElementChild;
      announcer?.removeAttribute("role");
      return announcer != null;
    };
    if (quiet()) return;
    // Next adds the element in its own effect, before or after this one.
    const observer = new MutationObserver(() => quiet() && observer.disconnect());
    observer.observe(document.body, { childList: true });
    return () => observer.disconnect();
  }, []);
  return null;
}
