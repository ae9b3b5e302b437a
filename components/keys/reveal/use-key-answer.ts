"use client";

import { useState } from "react";
import { useAction } from "@/components/forms/use-action";
import { useShownOnce } from "@/components/forms/use-shown-once";
import { rollKey } from "@/lib/actions/keys";
import type { RevealedKey, RolledKey } from "@/lib/services/keys/read/key-view";

/** A key whose secret was in a response that never arrived. */
export type LostSecret = {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly oldSecretEndsAt: string | null;
};

/** The result of Generate or Roll: the secret, or the news that an earlier identical request already succeeded. */
export type KeyAnswer =
  | RevealedKey
  | RolledKey
  | (Omit<LostSecret, "version"> & { readonly version?: number; readonly repeated: true });

/** Shows the secret from a response. If the secret was lost, keeps track of its key and can replace it. */
export function useKeyAnswer(reveal: (key: RevealedKey) => void) {
  const [lost, setLost] = useState<LostSecret | null>(null);
  const take = (answer: KeyAnswer) => {
    if (!("repeated" in answer)) return reveal(answer);
    const { id, name, oldSecretEndsAt, version = 1 } = answer;
    setLost({ id, name, oldSecretEndsAt, version });
  };
  const replace = useAction(rollKey, take);
  return { lost, take, replace };
}

/** Holds the result of Generate or Roll while its dialog shows it. A public key can be shown again. */
export function useRevealedKey(onLeave: () => void) {
  const { shown: revealed, show: reveal, ...rest } = useShownOnce<RevealedKey>(secretOf, onLeave);
  return { revealed, reveal, ...rest };
}

function secretOf({ type, name, token }: RevealedKey) {
  return type === "secret" ? { title: `Secret of “${name}”`, label: "Secret", value: token } : null;
}
