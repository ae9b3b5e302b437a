import type { AccessLevel } from "../access/access-level";
import type { Permission } from "../access/permission";

const dayMs = 24 * 60 * 60 * 1000;
/** A younger key may not have done all of its work yet. */
export const youngestDays = 30;
/** Demands are counted over so many days. */
export const demandDays = 90;
const usedPart = 1 / 4;

/**
 * Stands for the demands of calls that do not say what they demanded: those that a client library judged by
 * itself, and those of which only the introspection is known. It is no permission.
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
  /** What it may do now. */
  readonly permissions: readonly Permission[];
  /** What accepted calls demanded in the last 90 days. */
  readonly demanded: readonly Permission[];
};

/** `unused`: it holds much more than it uses. `boundless`: it can do whatever an owner can, for ever. */
export type OverPrivilege = "unused" | "boundless";

/**
 * Does a key hold more than it needs? It does if it is older than 30 days, was used in the last 90, and fewer than a
 * quarter of the permissions it holds were demanded in that time; or if it is an Owner key with `full_access` that
 * never expires.
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
