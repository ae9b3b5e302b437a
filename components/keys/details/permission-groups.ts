import type { PermissionLine } from "@/lib/core/access/explain-permissions";
import { foldedText } from "@/lib/core/typed-text";

type PermissionGroupLines = {
  /** The part of the permission before the colon. */
  readonly resource: string;
  readonly lines: readonly PermissionLine[];
  /** The number of these permissions that the key has. */
  readonly held: number;
};

/** Lines whose permission or role id matches the search, grouped by resource. */
export function permissionGroups(lines: readonly PermissionLine[], search: string): PermissionGroupLines[] {
  const sought = foldedText(search);
  const groups = new Map<string, PermissionLine[]>();
  for (const line of lines) {
    if (![line.permission, ...line.roles].some((text) => text.includes(sought))) continue;
    const resource = line.permission.split(":")[0] ?? "";
    groups.set(resource, [...(groups.get(resource) ?? []), line]);
  }
  return [...groups].map(([resource, members]) => ({
    resource,
    lines: members,
    held: members.filter((line) => line.hindrance === null).length,
  }));
}
