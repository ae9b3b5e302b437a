"use client";

import { useParams, useRouter } from "next/navigation";
import { useEffect, useEffectEvent } from "react";
import { readKeyRotation } from "@/lib/actions/keys";
import type { KeyRotation } from "@/lib/services/keys/read/usage/key-rotation";

const everyMs = 10_000;

/**
 * Keeps a rotation current while it is looked at, by reading the whole page again when something in it has changed: the
 * panel's other parts and the list behind it must not show an earlier moment.
 */
export function useRotation(keyId: string, read: KeyRotation): void {
  const { organization } = useParams<{ organization: string }>();
  const router = useRouter();
  const ask = useEffectEvent(async () => {
    if (document.hidden) return;
    // Without an answer the last one stands; the next attempt is soon.
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

/** Everything but when it was read. */
const factsOf = (rotation: KeyRotation | null) => JSON.stringify(rotation && { ...rotation, at: null });
