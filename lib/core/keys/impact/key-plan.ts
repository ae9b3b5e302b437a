import type { KeyUse } from "./key-use";

/** What happens to a person's keys when their access ends or shrinks. `used` means in the last 90 days. */
export const keyRules = ["transfer_used", "transfer_all", "transfer_none"] as const;
export type KeyRule = (typeof keyRules)[number];

export type KeyPlan = {
  readonly rule: KeyRule;
  /** The person who gets the keys that the rule transfers. */
  readonly toUserId: string | null;
  /** Exceptions to the rule: each key goes to this person, or to nobody. */
  readonly except: readonly { readonly keyId: string; readonly toUserId: string | null }[];
};

type PlannedKey = {
  readonly id: string;
  readonly use: KeyUse;
  /** The people who could have generated this key; only they can receive it. */
  readonly receivers: readonly string[];
};

/** Returns who receives a key under this plan; null for nobody. The rule skips keys that its person cannot receive. */
export function planReceivers({ rule, toUserId, except }: KeyPlan): (key: PlannedKey) => string | null {
  const exceptions = new Map(except.map((each) => [each.keyId, each.toUserId]));
  return ({ id, use, receivers }) => {
    const exception = exceptions.get(id);
    if (exception !== undefined) return exception;
    if (toUserId === null || rule === "transfer_none" || !receivers.includes(toUserId)) return null;
    return rule === "transfer_all" || use !== "idle" ? toUserId : null;
  };
}
