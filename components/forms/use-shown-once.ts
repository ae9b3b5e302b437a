"use client";

import { useEffect, useEffectEvent, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { type RescuedText, showRescue } from "./show-rescue";
import { useAskOnce } from "./use-ask-once";

/**
 * Holds a response with a secret only while its dialog shows it: not in the URL, in storage or in a cache. It is
 * dropped on Done, when the page is left, and before the browser stores the page for Back. Until the secret is copied,
 * leaving asks first. If the dialog disappears without being left, because it failed to render or the page changed
 * underneath, the secret is shown without React.
 *
 * @param atStake what would be lost, or null if it can be shown again; must return the same result for the same value
 */
export function useShownOnce<Value>(atStake: (value: Value) => RescuedText | null, onLeave: () => void) {
  const [shown, setShown] = useState<Value | null>(null);
  const [copied, setCopied] = useState(false);
  // A ref as well as state, since a response can arrive after its dialog is gone.
  const unsaved = useRef<RescuedText | null>(null);
  const mounted = useRef(false);
  const isUnsaved = shown !== null && !copied && atStake(shown) !== null;

  const drop = () => {
    unsaved.current = null;
    setShown(null);
    onLeave();
  };
  const { asked, ask, leave } = useAskOnce(isUnsaved, drop);

  const show = (value: Value) => {
    unsaved.current = atStake(value);
    if (mounted.current) setShown(value);
    else rescue(unsaved);
  };
  const markCopied = () => {
    unsaved.current = null;
    setCopied(true);
  };

  useEffect(() => {
    mounted.current = true;
    return () => {
      mounted.current = false;
      rescue(unsaved);
    };
  }, []);

  // Synchronous, because the browser stores the page for Back exactly as it is now.
  const letGo = useEffectEvent(() => flushSync(drop));
  const onBack = useEffectEvent(() => (isUnsaved && !asked ? ask() : letGo()));
  const isShown = shown !== null;
  useEffect(() => {
    if (!isShown) return;
    const goBack = () => onBack();
    const goAway = () => letGo();
    window.addEventListener("popstate", goBack);
    window.addEventListener("pagehide", goAway);
    return () => {
      window.removeEventListener("popstate", goBack);
      window.removeEventListener("pagehide", goAway);
    };
  }, [isShown]);

  return { shown, show, leave, asked, copied, markCopied };
}

function rescue(unsaved: { current: RescuedText | null }): void {
  if (unsaved.current !== null) showRescue(unsaved.current);
  unsaved.current = null;
}
