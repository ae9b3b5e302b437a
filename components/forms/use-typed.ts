"use client";

import { useState } from "react";

/**
 * What a form shows: what the person typed, and where they typed nothing, what is there, even when that
 * changes under the open form.
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
