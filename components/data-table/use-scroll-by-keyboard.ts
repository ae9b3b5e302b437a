"use client";

import { type RefObject, useEffect, useRef } from "react";

/**
 * Makes a sideways-scrolling table reachable by keyboard. Focusable controls inside it scroll it already; a table
 * without any becomes focusable itself.
 */
export function useScrollByKeyboard(): RefObject<HTMLDivElement | null> {
  const scroller = useRef<HTMLDivElement>(null);
  // Runs after every render, because new rows bring new controls.
  useEffect(() => {
    const element = scroller.current;
    if (element?.querySelector("a[href], button, select, input") === null) element.tabIndex = 0;
    else element?.removeAttribute("tabindex");
  });
  return scroller;
}
