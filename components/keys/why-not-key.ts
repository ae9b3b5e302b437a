import { levelWord } from "@/lib/core/access/access-level";
import { hasEnded } from "@/lib/core/keys/key-status";
import type { KeyAllowed, KeyRow } from "@/lib/services/keys/read/key-view";

const verbs: Record<keyof KeyAllowed, string> = {
  update: "edit",
  roll: "roll",
  duplicate: "duplicate",
  pause: "pause",
  resume: "resume",
  revoke: "revoke",
  delete: "delete",
};

/** Why the viewer may not do this to a key, as a sentence without its full stop; undefined if they may. */
export function whyNotKey(
  act: keyof KeyAllowed,
  { allowed, status, accessLevel }: Pick<KeyRow, "allowed" | "status" | "accessLevel">,
): string | undefined {
  if (allowed[act]) return undefined;
  if (act === "duplicate") return "You may not generate keys in this organization";
  if (status === "revoked" && act === "revoke") return "The key is revoked already";
  const late = tooLateFor(act, status);
  if (late !== undefined) return `The key is ${status}, so it cannot be ${late}`;
  const who =
    (act === "revoke" || act === "pause") && accessLevel !== "OWNER" ? "an owner or an admin" : "an owner";
  const only = `only ${who} can ${verbs[act]} it`;
  if (accessLevel === "MEMBER") return `${only.charAt(0).toUpperCase()}${only.slice(1)}`;
  return `${levelWord(accessLevel)}-level: ${only}`;
}

/** What can no longer be done to a key that has ended. An expired one can still be edited, for its record. */
function tooLateFor(act: keyof KeyAllowed, status: KeyRow["status"]): string | undefined {
  return hasEnded(status) && !(status === "expired" && act === "update") ? past[act] : undefined;
}

const past: Partial<Record<keyof KeyAllowed, string>> = {
  update: "edited",
  roll: "rolled",
  pause: "paused",
  resume: "resumed",
};
