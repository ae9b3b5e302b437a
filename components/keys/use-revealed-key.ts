"use client";

import { useEffect, useEffectEvent, useRef, useState } from "react";
import { flushSync } from "react-dom";
import type { RevealedKey } from "@/lib/services/keys/key-view";

/** A second press this soon is the other half of a double click, not an answer. */
const doubleClickMs = 600;

/**
 * Holds the one answer with a token while its dialog shows it, and nowhere else: not in the address, not
 * in storage, not in a cache. It is let go at Done, when the page is left, and before the browser keeps
 * the page for Back. [S6, Y7]
 */
export function useRevealedKey(onLeave: () => void) {
  const [revealed, setRevealed] = useState<RevealedKey | null>(null);
  const [copied, setCopied] = useState(false);
  const [asked, setAsked] = useState(false);
  const askedAt = useRef(0);
  const unsaved = revealed?.type === "secret" && !copied;

  const drop = () => {
    setRevealed(null);
    onLeave();
  };
  /** Leaves; when the secret would be lost, asks first, once. */
  const leave = () => {
    if (unsaved && !asked) {
      askedAt.current = performance.now();
      setAsked(true);
    } else if (performance.now() - askedAt.current > doubleClickMs) {
      drop();
    }
  };

  // Synchronously: a page that is put away for Back is put away as it stands.
  const letGo = useEffectEvent(() => flushSync(drop));
  const shown = revealed !== null;
  useEffect(() => {
    if (!shown) return;
    const onPageLeft = () => letGo();
    window.addEventListener("popstate", onPageLeft);
    window.addEventListener("pagehide", onPageLeft);
    return () => {
      window.removeEventListener("popstate", onPageLeft);
      window.removeEventListener("pagehide", onPageLeft);
    };
  }, [shown]);

  useEffect(() => {
    if (!unsaved) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [unsaved]);

  return { revealed, reveal: setRevealed, leave, asked: asked && unsaved, markCopied: () => setCopied(true) };
}
