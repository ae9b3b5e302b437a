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

/** Words for dialogs where the right next step depends on what changed. */
export const changedMeanwhile: Words = {
  changed: "This key was changed while this dialog was open. Close it and look at the key, then decide.",
};

/**
 * Replaces the refusal's message with this dialog's own. The server's is written for API clients and mentions versions.
 */
export function useWordsFor<Action extends { readonly failed: Failure | null }>(
  action: Action,
  words: Words,
): Action {
  const { failed } = action;
  const detail =
    failed === unanswered ? words.unanswered : failed?.current === undefined ? undefined : words.changed;
  // Keep the failure's identity between renders: a form moves its focus for each new failure.
  const said = useMemo(
    () => (failed === null || detail === undefined ? failed : { ...failed, detail }),
    [failed, detail],
  );
  return { ...action, failed: said };
}
