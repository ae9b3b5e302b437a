"use client";

import { Search } from "lucide-react";
import { useSyncExternalStore } from "react";
import { useKeyboard } from "../keyboard/keyboard-provider";
import { Keys } from "../keyboard/keys";

/** The search box in the top bar. It opens the command menu, whose code loads on hover or focus. */
export function CommandBox() {
  const { open, expectMenu } = useKeyboard();
  return (
    <button
      type="button"
      aria-haspopup="dialog"
      aria-keyshortcuts="Control+K Meta+K"
      onPointerEnter={expectMenu}
      onFocus={expectMenu}
      onClick={({ currentTarget }) => open("menu", currentTarget)}
      className="flex size-10 items-center justify-center gap-2 rounded-md text-[0.8125rem] text-ink-faint transition-colors hover:text-ink-muted sm:h-8 sm:w-44 md:w-52 sm:justify-start sm:border sm:bg-canvas sm:pr-1.5 sm:pl-2.5 lg:w-64"
    >
      <Search aria-hidden className="size-5 shrink-0 sm:size-3.5" />
      <span className="min-w-0 truncate max-sm:sr-only">Search or jump to</span>
      <span className="ml-auto max-sm:hidden">
        <Keys>{useCommandKey()} K</Keys>
      </span>
    </button>
  );
}

const never = () => () => undefined;

function useCommandKey(): string {
  return useSyncExternalStore(
    never,
    () => (/Mac|iPhone|iPad/.test(navigator.userAgent) ? "⌘" : "Ctrl"),
    () => "Ctrl",
  );
}
