import type { AccessLevel } from "@/lib/core/access/access-level";
import { accessLevels } from "@/lib/core/access/access-level";
import { inTransaction } from "@/lib/db/client";
import { createOrganization } from "@/lib/services/organizations/create-organization";
import { cheapHash } from "../data/cheap-hash";
import { deployedServer } from "./deployed-server";

export type Person = { readonly name: string; readonly email: string; readonly password: string };

const deployed = deployedServer();

const password = "correct horse battery staple";

/**
 * The people of the browser tests, by level in the organization "Acme". On a deployed server they are those of the
 * example organization, or those that E2E_OWNER, E2E_ADMIN and E2E_MEMBER name.
 */
export const people: Readonly<Record<AccessLevel, Person>> = deployed?.people ?? {
  OWNER: { name: "Olivia Owner", email: "olivia@example.com", password },
  ADMIN: { name: "Adam Admin", email: "adam@example.com", password },
  MEMBER: { name: "Mia Member", email: "mia@example.com", password },
};

export const organizationSlug = deployed?.organizationSlug ?? "acme";

export type MadePeople = {
  readonly organizationId: string;
  readonly userIds: Readonly<Record<AccessLevel, string>>;
};

/** Creates the organization "Acme" and its people in the database opened by this process. */
export async function createPeople(): Promise<MadePeople> {
  const passwordHash = await cheapHash(password);
  const origin = { at: new Date(), address: null, userAgent: null, requestId: null };
  return inTransaction(async (transaction) => {
    const ids: Record<string, string> = {};
    for (const level of accessLevels) {
      const { name, email } = people[level];
      ids[level] = (await transaction.user.create({ data: { name, email, passwordHash } })).id;
    }
    const { id } = await createOrganization(transaction, {
      name: "Acme",
      ownerId: ids.OWNER ?? "",
      actor: { kind: "system", name: "Test" },
      origin,
    });
    for (const accessLevel of ["ADMIN", "MEMBER"] as const) {
      const userId = ids[accessLevel] ?? "";
      await transaction.member.create({ data: { organizationId: id, userId, accessLevel } });
    }
    return { organizationId: id, userIds: ids as Record<AccessLevel, string> };
  });
}
