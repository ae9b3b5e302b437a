"use client";

import { type FormEvent, useState } from "react";
import { useAskOnce } from "./use-ask-once";

/** Closing a dialog in which something was typed asks once, unless by its Cancel. */
export function useDiscard(onClose: () => void) {
  const [typed, setTyped] = useState(false);
  const { asked, leave } = useAskOnce(typed, onClose);
  return {
    asked,
    leave,
    /** For the dialog's content. What is typed in a list that it opened is no part of it. */
    onInput: (event: FormEvent<HTMLElement>) => {
      if (event.target instanceof Node && event.currentTarget.contains(event.target)) setTyped(true);
    },
    /** What was typed has been sent. */
    forget: () => setTyped(false),
  };
}
