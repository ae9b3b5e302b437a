"use client";

import { type RefObject, useEffect, useRef } from "react";
import type { Failure } from "@/lib/core/result";

/**
 * After a refusal, focuses the first invalid field, or else the password, which was cleared. The submit button lost the
 * focus while the form was pending.
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
