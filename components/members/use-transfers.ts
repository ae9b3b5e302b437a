"use client";

import { useState } from "react";
import type { KeyTransfers } from "@/lib/schemas/member";
import type { AffectedKey } from "@/lib/services/members/member-view";

/** Stands for nobody in a select, which has no empty value. */
export const nobody = "nobody";

/** Who gets which of the keys that a change of a member hits. */
export function useTransfers() {
  const [chosen, setChosen] = useState<Readonly<Record<string, string>>>({});
  return {
    of: (key: AffectedKey) => chosen[key.id] ?? nobody,
    give: (key: AffectedKey, to: string) => setChosen((before) => ({ ...before, [key.id]: to })),
    /** Each key that this person can get; the others stay as they were chosen. */
    giveAll: (keys: readonly AffectedKey[], to: string) =>
      setChosen((before) => ({
        ...before,
        ...Object.fromEntries(
          keys.filter((key) => to === nobody || key.receivers.includes(to)).map((key) => [key.id, to]),
        ),
      })),
    list: (): KeyTransfers =>
      Object.entries(chosen)
        .filter(([, toUserId]) => toUserId !== nobody)
        .map(([keyId, toUserId]) => ({ keyId, toUserId })),
  };
}
