"use client";

import { useRouter } from "next/navigation";
import { useEffect, useEffectEvent } from "react";
import { useNow } from "@/components/ui/time/now-provider";

const lookEveryMs = 2_000;
/** An attempt this near is worth waiting for: a receiver may take that long to answer. */
const soonMs = 30_000;

/** Reads the page again and again while something is about to be sent, so that it shows what comes of it. */
export function useLookAgain(nextAttemptAt: Date | null): void {
  const router = useRouter();
  const now = useNow();
  const isDue = nextAttemptAt !== null && nextAttemptAt.getTime() - now.getTime() < soonMs;
  const look = useEffectEvent(() => {
    if (document.visibilityState === "visible" && navigator.onLine) router.refresh();
  });
  useEffect(() => {
    if (!isDue) return;
    const timer = setInterval(() => look(), lookEveryMs);
    return () => clearInterval(timer);
  }, [isDue]);
}
