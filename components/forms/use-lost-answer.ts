"use client";

import { useRouter } from "next/navigation";
import { useCallback, useEffect, useRef } from "react";
import type { Failure } from "@/lib/core/result";
import { failure } from "@/lib/core/result";

/** The browser got no response, so the request may or may not have been carried out. */
export const unanswered: Failure = failure(
  "unavailable",
  "The server did not answer, so this may or may not have been done. Check your connection, then press the button again: it is never done twice.",
);

const askEveryMs = 2000;

/**
 * Returns a function to call after a lost response. It refreshes the page to show what was done, but only once the
 * server can be reached: if a refresh fails, Next leaves the page and the input is lost.
 */
export function useLostAnswer(): () => void {
  const router = useRouter();
  const asking = useRef<ReturnType<typeof setTimeout> | null>(null);
  const stop = useCallback(() => {
    if (asking.current !== null) clearTimeout(asking.current);
    asking.current = null;
  }, []);
  useEffect(() => stop, [stop]);
  return useCallback(() => {
    const ask = async () => {
      const reached = await fetch("/healthz", { cache: "no-store" }).then(
        () => true,
        () => false,
      );
      if (asking.current === null) return;
      if (reached) router.refresh();
      else asking.current = setTimeout(ask, askEveryMs);
    };
    stop();
    asking.current = setTimeout(ask, 0);
  }, [router, stop]);
}
