/** The three access levels of users and of keys, lowest first. */
export const accessLevels = ["MEMBER", "ADMIN", "OWNER"] as const;
export type AccessLevel = (typeof accessLevels)[number];

/** Negative when `a` is below `b`, 0 when equal, positive when above. */
export function compareLevels(a: AccessLevel, b: AccessLevel): number {
  return rank(a) - rank(b);
}

/** An unknown level ranks below all others: used as an upper bound, it lets nothing through. */
function rank(level: AccessLevel): number {
  const found = accessLevels.indexOf(level);
  if (found === -1) throw new RangeError(`Unknown access level: ${level}`);
  return found;
}

export function isAtLeast(level: AccessLevel, minimum: AccessLevel): boolean {
  return compareLevels(level, minimum) >= 0;
}

export function isBelow(level: AccessLevel, bound: AccessLevel): boolean {
  return compareLevels(level, bound) < 0;
}

export function lowerOf(a: AccessLevel, b: AccessLevel): AccessLevel {
  return isBelow(a, b) ? a : b;
}

const words: Readonly<Record<AccessLevel, string>> = { OWNER: "Owner", ADMIN: "Admin", MEMBER: "Member" };

/** The level as people read it. The API and the audit log name it as it is stored. */
export function levelWord(level: AccessLevel): string {
  return words[level];
}
