"use client";

import { useRouter } from "next/navigation";
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { findEntries, type SearchEntry, type SearchHit } from "./search-entry";

const maximum = 20;

/** Finds pages, operations, fields and errors as you type. Mounted only while open. */
export function SearchDialog({ onClose }: { onClose: () => void }) {
  const id = useId();
  const router = useRouter();
  const dialog = useRef<HTMLDialogElement>(null);
  const [entries, setEntries] = useState<readonly SearchEntry[] | "failed" | null>(null);
  const [search, setSearch] = useState("");
  const [chosen, setChosen] = useState(0);
  useEffect(() => dialog.current?.showModal(), []);
  useEffect(() => {
    let current = true;
    fetch("/docs/search-index", { credentials: "omit" })
      .then((response) => (response.ok ? response.json() : Promise.reject(response)))
      .then((loaded) => current && setEntries(loaded))
      .catch(() => current && setEntries("failed"));
    return () => {
      current = false;
    };
  }, []);

  const hits = Array.isArray(entries) ? findEntries(entries, search, maximum) : [];
  const go = ({ href }: SearchHit) => {
    onClose();
    router.push(href);
  };
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const hit = hits[chosen];
    if (event.key === "Enter" && hit !== undefined) go(hit);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined || hits.length === 0) return;
    event.preventDefault();
    const next = (chosen + step + hits.length) % hits.length;
    setChosen(next);
    document.getElementById(`${id}-${next}`)?.scrollIntoView({ block: "nearest" });
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a click beside the dialog closes it, as Escape does
    <dialog
      ref={dialog}
      aria-label="Search the documentation"
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && onClose()}
      className="mx-auto mt-16 max-h-[min(32rem,calc(100dvh-5rem))] w-[calc(100vw-2rem)] max-w-xl rounded-xl bg-surface text-ink shadow-dialog backdrop:bg-overlay open:flex open:flex-col"
    >
      <input
        role="combobox"
        aria-label="Search"
        aria-expanded={hits.length > 0}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={hits.length > 0 ? `${id}-${chosen}` : undefined}
        placeholder="Operations, fields, errors and guides"
        autoComplete="off"
        spellCheck={false}
        maxLength={100}
        value={search}
        onChange={(event) => {
          setSearch(event.target.value);
          setChosen(0);
        }}
        onKeyDown={press}
        className="h-12 w-full shrink-0 rounded-t-xl border-b bg-transparent px-4 text-base text-ink outline-none focus-visible:border-focus sm:text-sm"
      />
      <div
        role="listbox"
        id={`${id}-list`}
        aria-label="Results"
        className="min-h-0 overflow-y-auto overscroll-contain p-1 empty:hidden"
      >
        {hits.map((hit, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox has the focus and handles the keys
          // biome-ignore lint/a11y/useFocusableInteractive: the combobox points to it by aria-activedescendant
          <div
            key={hit.href}
            role="option"
            id={`${id}-${index}`}
            aria-selected={index === chosen}
            onClick={() => go(hit)}
            onPointerMove={() => setChosen(index)}
            className="grid cursor-pointer gap-0.5 rounded-md px-3 py-2 aria-selected:bg-subtle-strong"
          >
            <span className="text-ink text-sm [overflow-wrap:anywhere]">{hit.title}</span>
            <span className="text-ink-muted text-xs [overflow-wrap:anywhere]">{hit.place}</span>
          </div>
        ))}
      </div>
      <p role="status" className="px-4 py-2.5 text-ink-muted text-xs">
        {wordsAbout(entries, search, hits.length)}
      </p>
    </dialog>
  );
}

function wordsAbout(
  entries: readonly SearchEntry[] | "failed" | null,
  search: string,
  found: number,
): string {
  if (entries === "failed") return "The search could not be loaded. Check your connection and open it again.";
  if (search.trim() === "") return "Type a word such as roll, subject or key_expired.";
  if (entries === null) return "Loading …";
  if (found === 0) return "Nothing found. Try fewer or shorter words.";
  return found === maximum ? `The best ${maximum} results` : `${found} ${found === 1 ? "result" : "results"}`;
}
