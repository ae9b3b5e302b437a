"use client";

import { useRouter } from "next/navigation";
import { useEffect, useEffectEvent } from "react";
import { useNow } from "@/components/ui/time/now-provider";

const lookEveryMs = 2_000;
/** Keeps refreshing if the next attempt is at most this far away. */
const soonMs = 30_000;

/** Refreshes the page periodically while a delivery is about to be sent, so that its outcome shows up. */
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
