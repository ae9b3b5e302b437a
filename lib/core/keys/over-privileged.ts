import type { AccessLevel } from "../access/access-level";
import type { Permission } from "../access/permission";

const dayMs = 24 * 60 * 60 * 1000;
/** In days. A younger key may not have done all of its work yet. */
export const youngestDays = 30;
/** How many days of demands are counted. */
export const demandDays = 90;
const usedPart = 1 / 4;

/**
 * Stands in for unknown demands: calls that a client library verified by itself, and calls known only from
 * introspection. It is not a permission.
 */
export const untoldDemand = "*";

export type PrivilegeFacts = {
  readonly accessLevel: AccessLevel;
  /** The ids of its roles. */
  readonly roles: readonly string[];
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
  /** The effective end: its own expiry or the one that the organization's policy sets. */
  readonly endsAt: Date | null;
  /** Its current permissions. */
  readonly permissions: readonly Permission[];
  /** What accepted calls demanded in the last 90 days. */
  readonly demanded: readonly Permission[];
};

/** `unused`: the key has many more permissions than it uses. `boundless`: it can do whatever an owner can, forever. */
export type OverPrivilege = "unused" | "boundless";

/**
 * Does a key have more access than it needs? It does if it is older than 30 days, was used in the last 90, and fewer
 * than a quarter of its permissions were demanded in that time; or if it is an Owner key with `full_access` that never
 * expires.
 */
export function overPrivilege(key: PrivilegeFacts, now: Date): OverPrivilege | null {
  const { accessLevel, roles, endsAt } = key;
  if (accessLevel === "OWNER" && endsAt === null && roles.includes("full_access")) return "boundless";
  return usesLittle(key, now) ? "unused" : null;
}

function usesLittle({ createdAt, lastUsedAt, permissions, demanded }: PrivilegeFacts, now: Date): boolean {
  if (createdAt.getTime() >= now.getTime() - youngestDays * dayMs) return false;
  if (lastUsedAt === null || lastUsedAt.getTime() < now.getTime() - demandDays * dayMs) return false;
  if (demanded.includes(untoldDemand)) return false;
  const used = permissions.filter((permission) => demanded.includes(permission)).length;
  return used < permissions.length * usedPart;
}
