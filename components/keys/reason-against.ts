import type { KeyAllowed, KeyRow } from "@/lib/services/keys/read/key-view";
import { whyNotKey } from "./why-not-key";

/** Why this person cannot perform the action on the key now, and who can, as a sentence; undefined if they can. */
export function reasonAgainst(
  act: keyof KeyAllowed,
  apiKey: Pick<KeyRow, "allowed" | "status" | "accessLevel" | "creatorManages">,
): string | undefined {
  const why = whyNotKey(act, apiKey);
  return why && `${why}.`;
}
