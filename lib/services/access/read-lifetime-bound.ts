import type { LifetimeBound } from "@/lib/core/keys/effective-end";
import type { Transaction } from "@/lib/db/client";
import type { OrganizationId } from "./context";

/** What decides when an organization's keys end. A calling key's context does not contain it. */
export function readLifetimeBound(
  transaction: Transaction,
  organizationId: OrganizationId,
): Promise<LifetimeBound> {
  return transaction.organization.findUniqueOrThrow({
    where: { id: organizationId },
    select: { maximumLifetimeDays: true, defaultKeyId: true },
  });
}
