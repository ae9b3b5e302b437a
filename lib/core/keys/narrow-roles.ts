import type { Permission } from "../access/permission";
import type { Role } from "../access/role";

type NarrowRoles = {
  /** All roles that the key could have. */
  readonly roles: readonly Role[];
  /** The ids of its current roles. */
  readonly selected: readonly string[];
  /** The permissions that its accepted calls demanded. */
  readonly demanded: readonly Permission[];
  /** Returns the key's permissions with the given roles. */
  readonly permissionsOf: (roles: readonly Role[]) => readonly Permission[];
};

/**
 * Finds roles that keep every permission a key has used but grant less. Each step takes the role that adds the fewest
 * unused permissions per used one; roles that became redundant are dropped at the end. Greedy, so it may miss the
 * smallest set, but it never grants more than the key has now.
 *
 * @returns the ids of the roles, at least one; null if no set grants less, or if the key used none of its permissions,
 * since then no role is better than another
 */
export function narrowRoles({
  roles,
  selected,
  demanded,
  permissionsOf,
}: NarrowRoles): readonly string[] | null {
  const held = permissionsOf(roles.filter(({ id }) => selected.includes(id)));
  const needed = new Set(held.filter((permission) => demanded.includes(permission)));
  if (needed.size === 0) return null;
  const given = new Map(roles.map((role) => [role, permissionsOf([role])]));
  const gives = (role: Role) => given.get(role) ?? [];

  const chosen: Role[] = [];
  const covered = () => new Set(chosen.flatMap(gives));
  while ([...needed].some((permission) => !covered().has(permission))) {
    const before = covered();
    const cost = (role: Role) => {
      const added = gives(role).filter((permission) => !before.has(permission));
      const used = added.filter((permission) => needed.has(permission)).length;
      return used === 0 ? Number.POSITIVE_INFINITY : (added.length - used) / used;
    };
    // Among equally good roles, prefer a current one, so that less changes.
    const [best] = roles
      .filter((role) => Number.isFinite(cost(role)))
      .sort((a, b) => cost(a) - cost(b) || Number(selected.includes(b.id)) - Number(selected.includes(a.id)));
    if (best === undefined) return null;
    chosen.push(best);
  }
  for (const role of [...chosen]) {
    const others = chosen.filter((other) => other !== role);
    const rest = new Set(others.flatMap(gives));
    if ([...needed].every((permission) => rest.has(permission))) chosen.splice(chosen.indexOf(role), 1);
  }
  const remaining = permissionsOf(chosen);
  return remaining.length < held.length ? chosen.map(({ id }) => id) : null;
}
