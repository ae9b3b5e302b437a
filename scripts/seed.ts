import { randomBytes } from "node:crypto";
import type { AccessLevel } from "@/lib/core/access/access-level";
import { closeDatabase, database, inTransaction, openDatabase } from "@/lib/db/client";
import { loadEnv } from "@/lib/load-env";
import { newPassword } from "@/lib/schemas/account";
import type { UserActor } from "@/lib/services/access/context";
import { memberContext } from "@/lib/services/access/context";
import { createOrganization } from "@/lib/services/organizations/create-organization";
import { hashPassword } from "@/lib/services/users/password/password";
import { seedKeys } from "./seed-keys";
import { seedResources } from "./seed-resources";
import type { ActAs } from "./seed-result";

/** The example organization. Its people, highest level first. */
const people = [
  { name: "Ana Sousa", email: "ana@example.com", accessLevel: "OWNER" },
  { name: "Ben Okafor", email: "ben@example.com", accessLevel: "ADMIN" },
  { name: "Chloé Martin", email: "chloe@example.com", accessLevel: "MEMBER" },
] as const satisfies readonly { name: string; email: string; accessLevel: AccessLevel }[];

const dayMs = 24 * 60 * 60 * 1000;
const foundedAt = new Date(Date.now() - 400 * dayMs);

await openDatabase(loadEnv(process.env));
const taken = await database().user.count({ where: { email: { in: people.map((person) => person.email) } } });
if (taken > 0) {
  process.stdout.write("The example organization is there already; nothing was changed.\n");
} else {
  // A well-known password would be a way in, so each seed generates its own.
  const password = newPassword.parse(process.env.SEED_PASSWORD ?? randomBytes(12).toString("base64url"));
  const actAs = await seedPeople(await hashPassword(password));
  await seedKeys(actAs, await seedResources(actAs, foundedAt));
  process.stdout.write(`Seeded "Northwind Robotics". Sign in with the password ${password} as:\n`);
  for (const { name, email, accessLevel } of people)
    process.stdout.write(`  ${email}  ${name}, ${accessLevel}\n`);
}
await closeDatabase();
process.exit(0);

/** Returns a way to act as any of the three at any time, through the verbs that the dashboard calls. */
async function seedPeople(passwordHash: string): Promise<ActAs> {
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
    const context = await memberContext(actor, slug, {
      at,
      address: "203.0.113.20",
      userAgent: "Mozilla/5.0",
      requestId: null,
    });
    if (!context.ok) throw new Error(context.detail);
    return context.value;
  };
}
