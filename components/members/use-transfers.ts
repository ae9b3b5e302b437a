"use client";

import { useState } from "react";
import type { KeyTransfers } from "@/lib/schemas/member";
import type { AffectedKey } from "@/lib/services/members/member-view";

/** The value for "nobody" in a select, which cannot have an empty value. */
export const nobody = "nobody";

/** Tracks who gets each key affected by a change to a member. */
export function useTransfers() {
  const [chosen, setChosen] = useState<Readonly<Record<string, string>>>({});
  return {
    of: (key: AffectedKey) => chosen[key.id] ?? nobody,
    give: (key: AffectedKey, to: string) => setChosen((before) => ({ ...before, [key.id]: to })),
    /** Transfers every key this person can take, and leaves the other choices alone. */
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
