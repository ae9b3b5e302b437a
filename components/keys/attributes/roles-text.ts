import { countOf } from "@/components/ui/count-of";
import { type AccessLevel, levelWord } from "@/lib/core/access/access-level";
import type { Permission } from "@/lib/core/access/permission";
import type { Role } from "@/lib/core/access/role";

export type RoleSelection = {
  /** All roles that can be chosen. */
  readonly roles: readonly Role[];
  readonly selected: readonly string[];
  readonly isPublic: boolean;
  readonly level: AccessLevel;
  /** What the key may do with these roles. */
  readonly permissionsOf: (roles: readonly Role[]) => readonly Permission[];
};

/** How many permissions the chosen roles give the key, as a sentence. */
export function rolesText({ roles, selected, isPublic, permissionsOf }: RoleSelection): string {
  if (selected.length === 0) return "Without a role the key has no permissions.";
  const chosen = roles.filter((role) => selected.includes(role.id));
  const count = permissionsOf(chosen).length;
  if (count === 0) return "With these roles the key has no permissions.";
  if (isPublic)
    return `${countOf(count, "permission")}: a public key keeps only reads that are safe to publish.`;
  const named = new Set(chosen.flatMap(({ permissions }) => permissions)).size;
  return `${count} of ${countOf(named, "permission")}.`;
}

/** Why a role gives this key nothing; undefined if it gives something. */
export function whyIdle(
  role: Role,
  { isPublic, level, permissionsOf }: Pick<RoleSelection, "isPublic" | "level" | "permissionsOf">,
): string | undefined {
  if (permissionsOf([role]).length > 0) return undefined;
  return isPublic ? "Has no effect on a public key." : `Has no effect at ${levelWord(level)}.`;
}

/** Names a chosen role that makes the others redundant, as a sentence; empty if there is none. */
export function coveringText({ roles, selected, permissionsOf }: RoleSelection): string {
  const chosen = roles.filter((role) => selected.includes(role.id));
  const count = permissionsOf(chosen).length;
  if (count === 0 || chosen.length < 2) return "";
  const covers = chosen.find((role) => permissionsOf([role]).length === count);
  return covers === undefined
    ? ""
    : `${covers.id} alone gives ${count === 1 ? "it" : "them all"}: remove it to narrow the key.`;
}

/** The chosen roles without effect, as a sentence; empty if there are none, or if none has an effect. */
export function idleText(selection: RoleSelection): string {
  const { roles, selected, isPublic, level } = selection;
  const chosen = roles.filter((role) => selected.includes(role.id));
  const idle = chosen.filter((role) => whyIdle(role, selection) !== undefined).map(({ id }) => id);
  if (idle.length === 0 || idle.length === chosen.length) return "";
  const where = isPublic ? "on a public key" : `at ${levelWord(level)}`;
  return `${idle.join(", ")} ${idle.length === 1 ? "has" : "have"} no effect ${where}.`;
}
