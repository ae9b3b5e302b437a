"use client";

import { useParams, useRouter } from "next/navigation";
import { useEffect, useEffectEvent, useState } from "react";
import { readKeyRotation } from "@/lib/actions/keys";
import type { KeyRotation } from "@/lib/services/keys/read/usage/key-rotation";

const everyMs = 10_000;

/** Keeps a rotation current while it is looked at. Its end reloads the page, on which the key is no longer rolling. */
export function useRotation(keyId: string, read: KeyRotation): KeyRotation {
  const { organization } = useParams<{ organization: string }>();
  const router = useRouter();
  const [latest, setLatest] = useState(read);
  const ask = useEffectEvent(async () => {
    if (document.hidden) return;
    // Without an answer the last one stands; the next attempt is soon.
    const result = await readKeyRotation(organization, { keyId }).catch(() => null);
    if (!result?.ok) return;
    if (result.value === null) router.refresh();
    else setLatest(result.value);
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
  // A page that was read later knows more.
  return latest.at >= read.at ? latest : read;
}
