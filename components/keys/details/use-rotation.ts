"use client";

import { useParams, useRouter } from "next/navigation";
import { useEffect, useEffectEvent } from "react";
import { readKeyRotation } from "@/lib/actions/keys";
import type { KeyRotation } from "@/lib/services/keys/read/usage/key-rotation";

const everyMs = 10_000;

/**
 * Polls the rotation while the page is visible, and refreshes the whole page on a change, so that the rest of the panel
 * and the list behind it stay consistent.
 */
export function useRotation(keyId: string, read: KeyRotation): void {
  const { organization } = useParams<{ organization: string }>();
  const router = useRouter();
  const ask = useEffectEvent(async () => {
    if (document.hidden) return;
    // After a failed request the last result stays until the next attempt.
    const result = await readKeyRotation(organization, { keyId }).catch(() => null);
    if (result?.ok && factsOf(result.value) !== factsOf(read)) router.refresh();
  });
  useEffect(() => {
    const timer = setInterval(() => void ask(), everyMs);
    const back = () => void ask();
    document.addEventListener("visibilitychange", back);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", back);
    };
  }, []);
}

/** Everything except the time it was read. */
const factsOf = (rotation: KeyRotation | null) => JSON.stringify(rotation && { ...rotation, at: null });
