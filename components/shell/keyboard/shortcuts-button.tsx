"use client";

import type { ComponentProps } from "react";
import { useKeyboard } from "./keyboard-provider";
import { Keys } from "./keys";

/** Opens the list of shortcuts, and shows its own shortcut key. */
export function ShortcutsButton({ children, ...rest }: ComponentProps<"button">) {
  const { open } = useKeyboard();
  return (
    <button type="button" onClick={({ currentTarget }) => open("shortcuts", currentTarget)} {...rest}>
      {children}
      <Keys>?</Keys>
    </button>
  );
}
