"use client";

import { useEffect, useEffectEvent, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { type RescuedText, showRescue } from "./show-rescue";
import { useAskOnce } from "./use-ask-once";

/**
 * Holds a response with a secret only while its dialog shows it, and never in the URL, in storage or in a cache. The
 * secret is dropped on Done, when the person leaves the page, and before the browser stores the page for Back. Until it
 * is copied, leaving asks first. If the dialog vanishes by itself, because rendering failed or the page changed
 * underneath, the secret is shown without React.
 *
 * @param atStake what would be lost, or null if it can be shown again; must return the same result for the same value
 */
export function useShownOnce<Value>(atStake: (value: Value) => RescuedText | null, onLeave: () => void) {
  const [shown, setShown] = useState<Value | null>(null);
  const [copied, setCopied] = useState(false);
  // A ref as well as state, because the response can arrive after the dialog is gone.
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

  // Synchronous, because the browser stores the page for Back right after this event.
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
