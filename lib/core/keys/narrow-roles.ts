import type { Permission } from "../access/permission";
import type { Role } from "../access/role";

type NarrowRoles = {
  /** Every role that the key could have. */
  readonly roles: readonly Role[];
  /** The ids of those it has. */
  readonly selected: readonly string[];
  /** What its accepted calls demanded. */
  readonly demanded: readonly Permission[];
  /** What the key may do with these roles. */
  readonly permissionsOf: (roles: readonly Role[]) => readonly Permission[];
};

/**
 * Roles that keep every permission a key has used and give it less besides: each time the role that adds the fewest
 * unused permissions for a used one, then without those that the others made unnecessary. Greedy, so it may miss the
 * smallest set, but it never gives more than the key has now.
 *
 * @returns the ids of the roles, at least one; null if none of them give less, or if nothing it holds was used, since
 *   then no role is better than another
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
    // A role it has already comes first among equals, so that fewer change.
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
