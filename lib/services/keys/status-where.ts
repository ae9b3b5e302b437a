import type { StatusFilter } from "@/lib/core/key-status";

/** The keys that `keyStatus` puts under this filter at `now`; deleted ones are left out by the caller. */
export function statusWhere(filter: StatusFilter, now: Date) {
  switch (filter) {
    case "active":
      return { revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] };
    case "revoked":
      return { revokedAt: { not: null } };
    case "expired":
      return { revokedAt: null, expiresAt: { lte: now } };
    case "all":
      return {};
  }
}
