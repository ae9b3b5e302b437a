import { randomUUID } from "node:crypto";
import type { AccessLevel } from "@/lib/core/access/access-level";
import { accessLevels } from "@/lib/core/access/access-level";
import type { Result } from "@/lib/core/result";
import { database, inTransaction } from "@/lib/db/client";
import type { MemberContext, UserActor } from "@/lib/services/access/context";
import { memberContext } from "@/lib/services/access/context";
import { createOrganization } from "@/lib/services/organizations/create-organization";

export type TestOrganization = {
  readonly id: string;
  readonly slug: string;
  /** The context of the owner, the admin or the member, as an entry point would build it now. */
  readonly as: (level: AccessLevel, at?: Date) => Promise<MemberContext>;
  readonly userIds: Readonly<Record<AccessLevel, string>>;
};

/** Creates an organization for one suite, with one person per access level. */
export async function createTestOrganization(name = "Test organization"): Promise<TestOrganization> {
  const unique = randomUUID();
  const founded = new Date(Date.now() - 1000);
  const origin = { at: founded, address: null, userAgent: null, requestId: null };
  const { organization, userIds } = await inTransaction(async (transaction) => {
    const ids: Record<string, string> = {};
    for (const level of accessLevels) {
      const email = `${level.toLowerCase()}-${unique}@example.com`;
      const user = await transaction.user.create({ data: { name: `${level} of ${name}`, email } });
      ids[level] = user.id;
    }
    const created = await createOrganization(transaction, {
      name: `${name} ${unique}`,
      ownerId: ids.OWNER ?? "",
      actor: { kind: "system", name: "Test" },
      origin,
    });
    for (const accessLevel of ["ADMIN", "MEMBER"] as const) {
      const userId = ids[accessLevel] ?? "";
      await transaction.member.create({ data: { organizationId: created.id, userId, accessLevel } });
    }
    return { organization: created, userIds: ids as Record<AccessLevel, string> };
  });

  return {
    id: organization.id,
    slug: organization.slug,
    userIds,
    as: async (level, at = new Date()) => {
      const user = await database().user.findUniqueOrThrow({ where: { id: userIds[level] } });
      const { id: userId, name, email } = user;
      const actor: UserActor = {
        kind: "user",
        userId,
        name,
        email,
        sessionId: randomUUID(),
        authenticatedAt: at,
      };
      const origin = { at, address: "203.0.113.7", userAgent: "test", requestId: null };
      return value(await memberContext(actor, organization.slug, origin));
    },
  };
}

/** Sets a member's level without checking permissions: a test's starting point. */
export async function setTestLevel(
  { id: organizationId }: Pick<TestOrganization, "id">,
  userId: string,
  accessLevel: AccessLevel,
): Promise<void> {
  await database().member.update({
    where: { organizationId_userId: { organizationId, userId } },
    data: { accessLevel },
  });
}

/** The value of a result that must be a success. */
export function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.code}: ${result.detail}`);
  return result.value;
}
