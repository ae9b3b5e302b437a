"use client";

import { useMemo, useState } from "react";
import type { Failure, FieldError } from "@/lib/core/result";

/**
 * The field errors of a form's last refusal. An error is dropped when its field changes, as it was about the old value;
 * once all are gone, so is the message about the whole form.
 *
 * @param failed the last refusal
 */
export function useFaults(failed: Failure | null): {
  readonly faults: readonly FieldError[];
  readonly shown: Failure | null;
  /**
   * Drops the errors of a field that changed, given the whole field's name: `labels` also drops those of `labels.env`.
   */
  readonly forget: (name: string) => void;
} {
  const [changed, setChanged] = useState<{ since: Failure | null; names: readonly string[] }>(nothing);
  const { names } = changed.since === failed ? changed : nothing;
  const all = failed?.fields ?? none;
  // Memoized: effects that depend on the list must run only once per refusal.
  const faults = useMemo(() => {
    return names.length === 0 ? all : all.filter(({ field }) => !names.includes(wholeField(field)));
  }, [all, names]);
  return {
    faults,
    shown: all.length > 0 && faults.length === 0 ? null : failed,
    forget: (name) => {
      if (faults.some(({ field }) => wholeField(field) === name))
        setChanged({ since: failed, names: [...names, name] });
    },
  };
}

const nothing = { since: null, names: [] };
const none: readonly FieldError[] = [];

function wholeField(field: string): string {
  return field.split(".")[0] ?? field;
}
