"use client";

import { type RefObject, useEffect, useRef } from "react";

/**
 * What scrolls sideways is scrolled by the keyboard through the controls in it. Rows to read have none,
 * nor has a table without rows: then it takes the focus itself.
 */
export function useScrollByKeyboard(): RefObject<HTMLDivElement | null> {
  const scroller = useRef<HTMLDivElement>(null);
  // After every render: with other rows come other controls.
  useEffect(() => {
    const element = scroller.current;
    if (element?.querySelector("a[href], button, select, input") === null) element.tabIndex = 0;
    else element?.removeAttribute("tabindex");
  });
  return scroller;
}
