"use client";

import { useState } from "react";

/**
 * A form's values: what the person typed, and the current value of every untouched field, even if it changes while the
 * form is open.
 */
export function useTyped<Draft extends object>(
  there: Draft,
): { readonly shown: Draft; readonly type: (draft: Partial<Draft>) => void } {
  const [typed, setTyped] = useState<Partial<Draft>>({});
  const shown = { ...there, ...typed };
  const type = (draft: Partial<Draft>) => {
    const fields = (Object.keys(draft) as (keyof Draft)[]).filter((field) => draft[field] !== shown[field]);
    setTyped({ ...typed, ...Object.fromEntries(fields.map((field) => [field, draft[field]])) });
  };
  return { shown, type };
}
