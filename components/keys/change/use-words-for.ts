"use client";

import { useMemo } from "react";
import { unanswered } from "@/components/forms/use-lost-answer";
import type { Failure } from "@/lib/core/result";

type Words = {
  /** Somebody changed the key since the person looked. */
  readonly changed?: string;
  /** The browser got no answer. */
  readonly unanswered?: string;
};

/** Where going on depends on what happened in between. */
export const changedMeanwhile: Words = {
  changed: "This key was changed while this dialog was open. Close it and look at the key, then decide.",
};

/** The refusal as this dialog says it. The server's words for a program name versions. */
export function useWordsFor<Action extends { readonly failed: Failure | null }>(
  action: Action,
  words: Words,
): Action {
  const { failed } = action;
  const detail =
    failed === unanswered ? words.unanswered : failed?.current === undefined ? undefined : words.changed;
  // The same failure as long as nothing happens: a form focuses the fault of each new one.
  const said = useMemo(
    () => (failed === null || detail === undefined ? failed : { ...failed, detail }),
    [failed, detail],
  );
  return { ...action, failed: said };
}
