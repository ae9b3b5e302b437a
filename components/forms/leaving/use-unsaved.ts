"use client";

import { type RefObject, useEffect, useEffectEvent, useRef, useState } from "react";
import type { FormState } from "@/lib/actions/form-state";
import { useAskOnce } from "../use-ask-once";
import { leaveEvent } from "./may-leave";

/**
 * Asks once before the person leaves a page with an edited form: by a link, a menu, a shortcut, the browser's Back, a
 * reload or a closed tab. Does not ask if the edits were undone or are being saved.
 */
export function useUnsaved(form: RefObject<HTMLFormElement | null>, state: FormState, pending: boolean) {
  const [edited, setEdited] = useState(false);
  const [saved, setSaved] = useState(state.savedAt);
  if (state.savedAt !== saved) {
    setSaved(state.savedAt);
    setEdited(false);
  }
  const leaves = useRef(false);
  const { asked, leave, keep } = useAskOnce(edited && !pending, () => {
    leaves.current = true;
  });
  const hold = useEffectEvent((event: Event) => {
    leaves.current = false;
    leave();
    if (!leaves.current) event.preventDefault();
  });
  useEffect(() => {
    const onClick = (event: MouseEvent) => leadsAway(event) && hold(event);
    const onLeave = (event: Event) => hold(event);
    // Captured before React handles the click: Next's links ignore a click whose default was prevented.
    window.addEventListener("click", onClick, true);
    window.addEventListener(leaveEvent, onLeave);
    return () => {
      window.removeEventListener("click", onClick, true);
      window.removeEventListener(leaveEvent, onLeave);
    };
  }, []);
  return {
    asked,
    onInput: () => {
      keep();
      // After a refusal the fields start with the refused values, which are not saved.
      setEdited(state.failure !== null || isEdited(form.current));
    },
  };
}

/** Does this click open another page of the dashboard in this tab? Before leaving for another site the browser asks. */
function leadsAway(event: MouseEvent): boolean {
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  const opensElsewhere =
    event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
  if (link === null || opensElsewhere || link.target === "_blank" || link.hasAttribute("download"))
    return false;
  return link.origin === location.origin && link.pathname !== location.pathname;
}

function isEdited(form: HTMLFormElement | null): boolean {
  return [...(form?.elements ?? [])].some((field) => {
    if (!(field instanceof HTMLInputElement)) return false;
    if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
    return field.type !== "hidden" && field.value !== field.defaultValue;
  });
}
