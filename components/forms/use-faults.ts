"use client";

import { useMemo, useState } from "react";
import type { Failure, FieldError } from "@/lib/core/result";

/**
 * What is wrong with the fields of a form. A fault goes as soon as its field changes, since it was about another value;
 * with the last one goes what is said about the whole form.
 *
 * @param failed the last refusal
 */
export function useFaults(failed: Failure | null): {
  readonly faults: readonly FieldError[];
  readonly shown: Failure | null;
  /** This field changed. Takes the name of the whole field: `labels` forgets `labels.env` too. */
  readonly forget: (name: string) => void;
} {
  const [changed, setChanged] = useState<{ since: Failure | null; names: readonly string[] }>(nothing);
  const { names } = changed.since === failed ? changed : nothing;
  const all = failed?.fields ?? none;
  // The same list until something changes: what watches it opens once for each refusal.
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
