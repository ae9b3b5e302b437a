import type { LifetimePolicy } from "@/lib/core/keys/effective-end";
import { database } from "@/lib/db/client";
import type { MemberContext } from "@/lib/services/access/context";

export type OrganizationSettings = Omit<LifetimePolicy, "defaultKeyId"> & {
  /** Null if its tokens start with `lk`. */
  readonly tokenPrefix: string | null;
  /** How many days audit entries are kept; null for forever. */
  readonly auditRetentionDays: number | null;
  /** Whether leaked keys are paused instead of revoked. */
  readonly pauseLeakedKeys: boolean;
};

/** The settings that only the page "General" shows. Every member may see them. */
export function readSettings({ organization }: MemberContext): Promise<OrganizationSettings> {
  return database().organization.findUniqueOrThrow({
    where: { id: organization.id },
    select: {
      ...({ tokenPrefix: true, requireExpiry: true, maximumLifetimeDays: true } as const),
      ...({ auditRetentionDays: true, pauseLeakedKeys: true } as const),
    },
  });
}
