"use client";

import { useEffect, useEffectEvent, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { type RescuedText, showRescue } from "./show-rescue";
import { useAskOnce } from "./use-ask-once";

/**
 * Holds the one answer with a secret while its dialog shows it, and nowhere else: not in the address, not
 * in storage, not in a cache. It is let go at Done, when the page is left, and before the browser keeps
 * the page for Back. Until it is copied, leaving asks; and when its dialog goes away without being left, because
 * it could not be drawn or the page changed beneath it, the secret is shown without React.
 *
 * @param atStake what of it would be lost, or null when it can be had again; gives the same for the same value
 */
export function useShownOnce<Value>(atStake: (value: Value) => RescuedText | null, onLeave: () => void) {
  const [shown, setShown] = useState<Value | null>(null);
  const [copied, setCopied] = useState(false);
  // Beside the state, since an answer also comes to a dialog that is gone.
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

  // Synchronously: a page that is put away for Back is put away as it stands.
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

  return { shown, show, leave, asked, markCopied };
}

function rescue(unsaved: { current: RescuedText | null }): void {
  if (unsaved.current !== null) showRescue(unsaved.current);
  unsaved.current = null;
}
