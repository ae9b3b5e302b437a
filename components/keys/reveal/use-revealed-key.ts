"use client";

import { useShownOnce } from "@/components/forms/use-shown-once";
import type { RevealedKey } from "@/lib/services/keys/read/key-view";

/** Holds the result of Generate or Roll while its dialog shows it. A public key can be shown again. */
export function useRevealedKey(onLeave: () => void) {
  const { shown: revealed, show: reveal, ...rest } = useShownOnce<RevealedKey>(secretOf, onLeave);
  return { revealed, reveal, ...rest };
}

function secretOf({ type, name, token }: RevealedKey) {
  return type === "secret" ? { title: `Secret of “${name}”`, label: "Secret", value: token } : null;
}
