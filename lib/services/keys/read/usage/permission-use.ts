import type { Permission } from "@/lib/core/access/permission";
import { demandDays, untoldDemand } from "@/lib/core/keys/over-privileged";
import { database } from "@/lib/db/client";
import type { ApiKeyModel } from "@/lib/db/generated/models";

const dayMs = 24 * 60 * 60 * 1000;

/** The permissions that accepted calls of a key demanded in the last 90 days. */
export type PermissionUse = {
  /**
   * How many calls demanded each permission, the most demanded first. May include permissions that the key no longer
   * has.
   */
  readonly calls: readonly { readonly permission: Permission; readonly calls: number }[];
  /** Whether the demands of some calls are unknown, so that nothing can be said about unused permissions. */
  readonly isPartial: boolean;
};

export async function readPermissionUse(
  { id, organizationId }: Pick<ApiKeyModel, "id" | "organizationId">,
  now: Date,
): Promise<PermissionUse> {
  const sums = await database().apiKeyPermissionDay.groupBy({
    by: "permission",
    where: { organizationId, keyId: id, day: { gte: firstDemandDay(now) } },
    _sum: { calls: true },
  });
  const calls = sums
    .map(({ permission, _sum }) => ({ permission, calls: Number(_sum.calls ?? 0) }))
    .sort((a, b) => b.calls - a.calls || (a.permission < b.permission ? -1 : 1));
  return {
    calls: calls.filter(({ permission }) => permission !== untoldDemand),
    isPartial: calls.some(({ permission }) => permission === untoldDemand),
  };
}

/** The first day (UTC) whose demands count at `now`. */
function firstDemandDay(now: Date): Date {
  return new Date(now.getTime() - (now.getTime() % dayMs) - demandDays * dayMs);
}
