"use client";

import { useMemo } from "react";
import { unanswered } from "@/components/forms/use-lost-answer";
import type { Failure } from "@/lib/core/result";

type Words = {
  /** Somebody else changed the key after the dialog opened. */
  readonly changed?: string;
  /** The browser got no response. */
  readonly unanswered?: string;
};

/** For dialogs where the next step depends on what changed in between. */
export const changedMeanwhile: Words = {
  changed: "This key was changed while this dialog was open. Close it and look at the key, then decide.",
};

/** Phrases the refusal for this dialog. The server's message is for programs and mentions versions. */
export function useWordsFor<Action extends { readonly failed: Failure | null }>(
  action: Action,
  words: Words,
): Action {
  const { failed } = action;
  const detail =
    failed === unanswered ? words.unanswered : failed?.current === undefined ? undefined : words.changed;
  // Keep the failure's identity between renders: a form focuses the fault of each new one.
  const said = useMemo(
    () => (failed === null || detail === undefined ? failed : { ...failed, detail }),
    [failed, detail],
  );
  return { ...action, failed: said };
}
