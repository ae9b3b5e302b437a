import type { AccessLevel } from "@/lib/core/access/access-level";
import { database, inTransaction } from "@/lib/db/client";
import type { UserActor } from "@/lib/services/access/context";
import { memberContext } from "@/lib/services/access/context";
import { createOrganization } from "@/lib/services/organizations/create-organization";
import { updateOrganization } from "@/lib/services/organizations/update-organization";
import { seedKeys } from "./seed-keys";
import { seedMoreKeys } from "./seed-more-keys";
import { seedNotices } from "./seed-notices";
import { seedResources } from "./seed-resources";
import type { ActAs } from "./seed-result";
import { expect } from "./seed-result";
import { seedWebhooks } from "./seed-webhooks";

/** The example organization's people, highest level first. */
export const people = [
  { name: "Ana Sousa", email: "ana@example.com", accessLevel: "OWNER" },
  { name: "Ben Okafor", email: "ben@example.com", accessLevel: "ADMIN" },
  { name: "Chloé Martin", email: "chloe@example.com", accessLevel: "MEMBER" },
] as const satisfies readonly { name: string; email: string; accessLevel: AccessLevel }[];

const dayMs = 24 * 60 * 60 * 1000;

/** Creates the example organization, in which everyone may create keys, and its keys. */
export async function seedOrganization(keys: number, passwordHash: string): Promise<void> {
  const foundedAt = new Date(Date.now() - 400 * dayMs);
  const actAs = await seedPeople(passwordHash, foundedAt);
  const owner = await actAs("OWNER", foundedAt);
  const name = owner.organization.name;
  expect(await updateOrganization(owner, { name, keyCreators: "MEMBER" }));
  const resources = await seedResources(actAs, foundedAt);
  await seedKeys(actAs, resources, Math.min(keys, 60));
  await seedMoreKeys(actAs, resources, keys - 60);
  await seedWebhooks(actAs, new Date());
  await seedNotices(actAs, new Date());
}

/** Returns a way to act as any of the three at any time, through the verbs that the dashboard calls. */
async function seedPeople(passwordHash: string, foundedAt: Date): Promise<ActAs> {
  const slug = await inTransaction(async (transaction) => {
    const users = [];
    for (const { name, email } of people) {
      users.push(
        await transaction.user.create({ data: { name, email, passwordHash, createdAt: foundedAt } }),
      );
    }
    const [owner, ...others] = users;
    if (owner === undefined) throw new Error("The example organization needs an owner");
    const organization = await createOrganization(transaction, {
      name: "Northwind Robotics",
      ownerId: owner.id,
      actor: { kind: "system", name: "Seed" },
      origin: { at: foundedAt, address: null, userAgent: null, requestId: null },
    });
    for (const { id, email } of others) {
      const accessLevel = people.find((person) => person.email === email)?.accessLevel ?? "MEMBER";
      await transaction.member.create({
        data: { organizationId: organization.id, userId: id, accessLevel, createdAt: foundedAt },
      });
    }
    return organization.slug;
  });

  return async (level, at) => {
    const person = people.find(({ accessLevel }) => accessLevel === level);
    const user = await database().user.findUniqueOrThrow({ where: { email: person?.email ?? "" } });
    const actor: UserActor = {
      kind: "user",
      userId: user.id,
      name: user.name,
      email: user.email,
      sessionId: "",
      authenticatedAt: at,
    };
    return expect(
      await memberContext(actor, slug, {
        at,
        address: "203.0.113.20",
        userAgent: "Mozilla/5.0",
        requestId: null,
      }),
    );
  };
}
