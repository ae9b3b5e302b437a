"use client";

import { useEffect, useRef, useState } from "react";
import { lazyDialog } from "@/components/ui/lazy/lazy-dialog";

const SearchDialog = lazyDialog(async () => (await import("./search-dialog")).SearchDialog);

/** Opens the search, also with "/" and Ctrl+K or ⌘K. The dialog's code and the index are loaded when it opens. */
export function DocsSearch() {
  const button = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const show = () => setOpen(true);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const isTyping = event.target instanceof Element && event.target.closest("input, textarea, select");
      const isSlash = event.key === "/" && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey;
      const isCommand = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey);
      if (!isSlash && !isCommand) return;
      event.preventDefault();
      setOpen(true);
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, []);
  return (
    <>
      <button
        ref={button}
        type="button"
        aria-label="Search the documentation"
        aria-keyshortcuts="/ Control+K Meta+K"
        aria-haspopup="dialog"
        onPointerEnter={SearchDialog.expect}
        onFocus={SearchDialog.expect}
        onClick={show}
        className="ml-auto flex h-8 min-w-0 items-center gap-2 rounded-md border border-line-input bg-surface px-2.5 text-ink-muted text-sm shadow-control hover:border-line-strong md:w-64"
      >
        <svg aria-hidden viewBox="0 0 16 16" className="size-4 shrink-0">
          <path
            d="M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10zm3.5-1.5L14 14"
            fill="none"
            stroke="currentColor"
            strokeWidth="1.5"
          />
        </svg>
        <span className="max-sm:sr-only">Search</span>
        <kbd aria-hidden className="ml-auto rounded border px-1 font-sans text-xs max-md:hidden">
          /
        </kbd>
      </button>
      {open && (
        <SearchDialog
          onClose={() => {
            setOpen(false);
            button.current?.focus();
          }}
        />
      )}
    </>
  );
}
