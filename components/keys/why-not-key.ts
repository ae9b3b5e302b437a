import { isAtLeast, levelWord } from "@/lib/core/access/access-level";
import { hasEnded } from "@/lib/core/keys/key-status";
import type { KeyAllowed, KeyDetails, KeyRow } from "@/lib/services/keys/read/key-view";

const verbs: Record<keyof KeyAllowed, string> = {
  update: "edit",
  roll: "roll",
  duplicate: "duplicate",
  pause: "pause",
  resume: "resume",
  revoke: "revoke",
  delete: "delete",
};

/** A reason split around its verb, so that several actions can share one sentence. */
type Reason = { readonly before: string; readonly verb: string; readonly after: string };

type Judged = Pick<KeyRow, "allowed" | "status" | "accessLevel" | "creatorManages">;

/** Who may change the key when the viewer may not. Revoking and pausing have rules of their own. */
export function whoManages({ creatorManages }: Pick<Judged, "creatorManages">): string {
  return creatorManages ? "an owner or its creator" : "an owner";
}

/** Why the viewer may not do this to a key, as a sentence without its full stop; undefined if they may. */
export function whyNotKey(act: keyof KeyAllowed, key: Judged): string | undefined {
  const reason = reasonOf(act, key);
  return reason && `${reason.before}${reason.verb}${reason.after}`;
}

type Replaced = Judged & Pick<KeyDetails, "viewerLevel" | "namespace">;

/**
 * Why the viewer may not generate a key of the same level and namespace; undefined if they may. A duplicate may have a
 * lower level or another namespace.
 */
export function whyNotReplace(key: Replaced): string | undefined {
  const { allowed, accessLevel, viewerLevel, namespace } = key;
  if (!allowed.duplicate) return whyNotKey("duplicate", key);
  if (viewerLevel === null) {
    return `You have no access to ${namespace.name}, so you cannot generate keys there. An owner can give it`;
  }
  if (isAtLeast(viewerLevel, accessLevel)) return undefined;
  const level = levelWord(accessLevel);
  return `${level}-level: only ${anA(level)} of ${namespace.name} can generate one like it, and you are ${levelWord(viewerLevel)} there`;
}

const anA = (word: string) => `${/^[AEIOU]/.test(word) ? "an" : "a"} ${word.toLowerCase()}`;

/**
 * `whyNotKey` for the actions of one menu. Actions refused for the same reason share a sentence that names them all.
 */
export function whyNotKeys<Act extends keyof KeyAllowed>(
  acts: readonly Act[],
  key: Judged,
): Readonly<Partial<Record<Act, string>>> {
  const reasons = acts.flatMap((act) => {
    const reason = reasonOf(act, key);
    return reason === undefined ? [] : [{ act, ...reason }];
  });
  const sentence = ({ before, after }: Reason) => {
    const verbs = reasons.filter((one) => one.before === before && one.after === after);
    return `${before}${oneOf(verbs.map(({ verb }) => verb))}${after}`;
  };
  return Object.fromEntries(reasons.map((one) => [one.act, sentence(one)])) as Partial<Record<Act, string>>;
}

/** "edit", "edit or roll", "edit, roll or delete" */
function oneOf(verbs: readonly string[]): string {
  if (verbs.length < 2) return verbs[0] ?? "";
  return `${verbs.slice(0, -1).join(", ")} or ${verbs.at(-1)}`;
}

function reasonOf(act: keyof KeyAllowed, key: Judged): Reason | undefined {
  const { allowed, status, accessLevel } = key;
  if (allowed[act]) return undefined;
  // Somebody who sees keys but may not generate any is an admin where the setting allows only owners.
  if (act === "duplicate") return whole("Only owners generate keys in this organization");
  const late = tooLateFor(act, status);
  if (late !== undefined) return { before: `The key is ${status}, so it cannot be `, verb: late, after: "" };
  const stops = act === "revoke" || act === "pause";
  const who = stops && accessLevel !== "OWNER" ? "an owner or an admin" : whoManages(key);
  const before =
    accessLevel === "MEMBER" ? `Only ${who} can ` : `${levelWord(accessLevel)}-level: only ${who} can `;
  return { before, verb: verbs[act], after: " it" };
}

const whole = (before: string): Reason => ({ before, verb: "", after: "" });

/**
 * The participle for an action that is too late, because the key has ended. An expired key can still be revoked and
 * edited.
 */
function tooLateFor(act: keyof KeyAllowed, status: KeyRow["status"]): string | undefined {
  if (!hasEnded(status) || (status === "expired" && (act === "update" || act === "revoke"))) return undefined;
  return past[act];
}

const past: Partial<Record<keyof KeyAllowed, string>> = {
  update: "edited",
  roll: "rolled",
  pause: "paused",
  resume: "resumed",
  revoke: "revoked again",
};
