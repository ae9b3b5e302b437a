"use client";

import { useState } from "react";
import { useAction } from "@/components/forms/use-action";
import { rollKey } from "@/lib/actions/keys";
import type { RevealedKey, RolledKey } from "@/lib/services/keys/read/key-view";

/** A key whose secret was in an answer that did not arrive. */
export type LostSecret = {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly oldSecretEndsAt: string | null;
};

/** What Generate and Roll answer: the secret, or that an earlier request with it did this already. */
export type KeyAnswer =
  | RevealedKey
  | RolledKey
  | (Omit<LostSecret, "version"> & { readonly version?: number; readonly repeated: true });

/** Shows the secret of an answer, or remembers that it was lost and replaces it. */
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
