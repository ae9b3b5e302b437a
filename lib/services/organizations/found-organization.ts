import { createHash } from "node:crypto";
import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { inTransaction } from "@/lib/db/client";
import type { FoundOrganizationInput } from "@/lib/schemas/organization";
import type { Origin, UserActor } from "@/lib/services/access/context";
import { createOrganization } from "./create-organization";

/** Nobody works in more, and a program that was given a session stops somewhere. */
const ownedMaximum = 50;

/**
 * Makes an organization of which the person is the owner. The same form sent twice, by a double click or
 * after an answer that was lost, makes one: both answers lead to it.
 */
export async function foundOrganization(
  actor: UserActor,
  { name, submission }: FoundOrganizationInput,
  origin: Origin,
): Promise<Result<{ readonly organizationSlug: string }>> {
  const id = organizationIdOf(actor.userId, submission, name);
  return inTransaction(async (transaction) => {
    // One at a time of a person: the second of a double click finds what the first has made, and two
    // windows cannot both take the last place. Rows that refer to the person do not wait for it.
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

/** The id that this person's form leads to, and nobody else's can: a UUID of version 8 (RFC 9562, 5.8). */
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
