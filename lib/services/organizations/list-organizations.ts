import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { database } from "@/lib/db/client";
import type { KeyContext } from "@/lib/services/access/key-context";

export type OrganizationView = {
  readonly id: string;
  readonly name: string;
  readonly slug: string;
  /** Null if its tokens start with `lk`. */
  readonly tokenPrefix: string | null;
  readonly createdAt: Date;
};

/**
 * The organizations that a key can reach. In every namespace that is exactly one: the organization that the
 * namespace belongs to.
 */
export async function listOrganizations(context: KeyContext): Promise<Result<OrganizationView[]>> {
  if (!context.actor.permissions.includes("organizations:read")) {
    return failure("forbidden", "This needs the permission organizations:read.");
  }
  const organizations = await database().organization.findMany({
    where: { id: context.organization.id },
    select: { id: true, name: true, slug: true, tokenPrefix: true, createdAt: true },
  });
  return success(organizations);
}
