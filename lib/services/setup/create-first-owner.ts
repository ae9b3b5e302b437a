import type { Transaction } from "@/lib/db/client";
import type { Organization, Origin, SystemActor } from "@/lib/services/access/context";
import { createOrganization } from "@/lib/services/organizations/create-organization";

export type FirstOwner = {
  readonly name: string;
  readonly email: string;
  readonly passwordHash: string;
  readonly organizationName: string;
};

const setup: SystemActor = { kind: "system", name: "Setup" };

/** Creates the first user and their organization, and removes all setup tokens. Call it under the setup lock. */
export async function createFirstOwner(
  transaction: Transaction,
  owner: FirstOwner,
  origin: Origin,
): Promise<{ userId: string; organization: Organization }> {
  const { organizationName, ...person } = owner;
  const { id: userId } = await transaction.user.create({ data: { ...person, createdAt: origin.at } });
  const organization = await createOrganization(transaction, {
    name: organizationName,
    ownerId: userId,
    actor: setup,
    origin,
  });
  await transaction.setupToken.deleteMany();
  return { userId, organization };
}
