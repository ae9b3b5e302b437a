import type { Failure } from "@/lib/core/result";
import { failure } from "@/lib/core/result";
import type { Transaction } from "@/lib/db/client";
import { database } from "@/lib/db/client";
import { defaultTokenPrefix } from "@/lib/token/format";

/** Prefixes are never released, so each organization may only take this many. */
const takenMaximum = 10;

/** The current prefix of an organization's new tokens. */
export async function readTokenPrefix(
  organizationId: string,
  transaction: Transaction = database(),
): Promise<string> {
  const organization = await transaction.organization.findUniqueOrThrow({
    where: { id: organizationId },
    select: { tokenPrefix: true },
  });
  return organization.tokenPrefix ?? defaultTokenPrefix;
}

/**
 * Reserves a prefix for an organization forever: after it changes its prefix, nobody else can take the old one.
 * Otherwise scanners, which only know the prefix, would report one organization's old tokens as another's. The caller
 * has locked the organization's row.
 */
export async function takeTokenPrefix(
  transaction: Transaction,
  organizationId: string,
  prefix: string,
  takenAt: Date,
): Promise<Failure | null> {
  const own = await transaction.tokenPrefix.findMany({ where: { organizationId }, select: { prefix: true } });
  if (own.some((each) => each.prefix === prefix)) return null;
  if (own.length >= takenMaximum) {
    return refused(`An organization can have had ${takenMaximum} prefixes. Use one of: ${namesOf(own)}`);
  }
  // Insert without checking first: of two organizations that try at once, one gets it.
  const { count } = await transaction.tokenPrefix.createMany({
    data: { prefix, organizationId, takenAt },
    skipDuplicates: true,
  });
  return count === 1 ? null : refused("This prefix is taken. Choose another");
}

function namesOf(prefixes: readonly { readonly prefix: string }[]): string {
  return prefixes.map(({ prefix }) => prefix).join(", ");
}

function refused(message: string): Failure {
  return failure("conflict", `${message}.`, [{ field: "tokenPrefix", message }]);
}
