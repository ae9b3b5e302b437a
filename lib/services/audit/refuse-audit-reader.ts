import { levelHolds } from "@/lib/core/access/permission";
import type { Failure } from "@/lib/core/result";
import { failure } from "@/lib/core/result";
import type { ActingContext } from "@/lib/services/access/key-context";

/** @returns why this caller may not read the audit log; null if they may */
export function refuseAuditReader(context: ActingContext): Failure | null {
  const { organization, actor } = context;
  if (actor.kind === "user") {
    const mayRead = levelHolds(context.level, "audit:read", organization.keyCreators);
    return mayRead ? null : failure("not_found", "There is no such page.");
  }
  if (!actor.permissions.includes("audit:read")) {
    return failure("forbidden", "This needs the permission audit:read.");
  }
  // An empty list would suggest that nothing had happened.
  const isOfOrganization = actor.namespace.type === "organization";
  return isOfOrganization
    ? null
    : failure(
        "forbidden",
        "The audit log belongs to the organization. Read it with a key of the organization.",
      );
}
