"use client";

import { type FormEvent, useState } from "react";
import { useAskOnce } from "./use-ask-once";

/** Asks once before a dialog with typed input closes, unless its Cancel button was used. */
export function useDiscard(onClose: () => void) {
  const [typed, setTyped] = useState(false);
  const { asked, leave } = useAskOnce(typed, onClose);
  return {
    asked,
    leave,
    /** For the dialog's content. Ignores typing in popups that the dialog opened. */
    onInput: (event: FormEvent<HTMLElement>) => {
      if (event.target instanceof Node && event.currentTarget.contains(event.target)) setTyped(true);
    },
    /** Call it when the input has been sent. */
    forget: () => setTyped(false),
  };
}
