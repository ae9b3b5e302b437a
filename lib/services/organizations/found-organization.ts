import { createHash } from "node:crypto";
import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { inTransaction } from "@/lib/db/client";
import type { FoundOrganizationInput } from "@/lib/schemas/organization";
import type { Origin, UserActor } from "@/lib/services/access/context";
import { createOrganization } from "./create-organization";

/** More than a person needs, but it stops a program that uses a person's session. */
const ownedMaximum = 50;

/**
 * Creates an organization owned by the person. Submitting the same form twice, by a double click or after a lost
 * response, creates only one, and both answers lead to it.
 */
export async function foundOrganization(
  actor: UserActor,
  { name, submission }: FoundOrganizationInput,
  origin: Origin,
): Promise<Result<{ readonly organizationSlug: string }>> {
  const id = organizationIdOf(actor.userId, submission, name);
  return inTransaction(async (transaction) => {
    // Serializes a person's creations: the second request of a double click finds the first one's organization, and two
    // windows cannot both exceed the maximum. Inserts that reference the user do not wait for this lock.
    await transaction.$queryRaw`SELECT 1 FROM users WHERE id = ${actor.userId}::uuid FOR NO KEY UPDATE`;
    const made = await transaction.organization.findUnique({ where: { id }, select: { slug: true } });
    if (made !== null) return success({ organizationSlug: made.slug });
    const owned = await transaction.member.count({
      where: { userId: actor.userId, accessLevel: "OWNER" },
    });
    if (owned >= ownedMaximum) {
      return failure("conflict", `You own ${owned} organizations. Nobody can own more than ${ownedMaximum}.`);
    }
    const { slug } = await createOrganization(transaction, {
      id,
      name,
      ownerId: actor.userId,
      actor,
      origin,
    });
    return success({ organizationSlug: slug });
  });
}

/**
 * A version 8 UUID derived from the person and their form, so no other person's form can result in it. (RFC 9562, 5.8)
 */
function organizationIdOf(userId: string, submission: string, name: string): string {
  const hash = createHash("sha256").update(`${userId} ${submission} ${name}`).digest("hex");
  const variant = ((Number.parseInt(hash.slice(16, 17), 16) & 3) | 8).toString(16);
  return [
    hash.slice(0, 8),
    hash.slice(8, 12),
    `8${hash.slice(13, 16)}`,
    `${variant}${hash.slice(17, 20)}`,
    hash.slice(20, 32),
  ].join("-");
}
