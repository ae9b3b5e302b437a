"use client";

import { type RefObject, useEffect, useRef } from "react";
import type { Failure } from "@/lib/core/result";

/**
 * Puts the focus where a refused form is to be mended: on the first field at fault, or else on the
 * password, which was emptied. The button that was pressed lost it while the form was under way.
 */
export function useFaultFocus(failed: Failure | null): RefObject<HTMLFormElement | null> {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (failed === null) return;
    const fault = form.current?.querySelector<HTMLElement>("[aria-invalid=true]");
    const password = form.current?.querySelector<HTMLElement>("input[type=password]");
    (fault ?? password)?.focus();
  }, [failed]);
  return form;
}
