import type { Transaction } from "@/lib/db/client";
import { database } from "@/lib/db/client";
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

/** An arbitrary constant for an advisory lock: there is no row to lock yet. */
const setupLock = 7_051_982_206;

/** Locks setup until the transaction ends. Of two concurrent setups, the second sees the first one's user. */
export async function lockSetup(transaction: Transaction): Promise<{ readonly hasUser: boolean }> {
  await transaction.$executeRaw`SELECT pg_advisory_xact_lock(${setupLock}::bigint)`;
  return { hasUser: (await transaction.user.findFirst({ select: { id: true } })) !== null };
}

/** Whether the installation is set up. */
export async function hasUser(): Promise<boolean> {
  return (await database().user.findFirst({ select: { id: true } })) !== null;
}
