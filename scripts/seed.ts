import { randomBytes } from "node:crypto";
import { closeDatabase, database } from "@/lib/db/client";
import { openDatabase } from "@/lib/db/open-database";
import { loadEnv } from "@/lib/load-env";
import { newPassword } from "@/lib/schemas/account";
import { hashPassword } from "@/lib/services/users/password/password";
import { people, seedOrganization } from "./seed/seed-organization";

const keys = Number(process.env.SEED_KEYS ?? 60);
if (!Number.isInteger(keys) || keys < 0 || keys > 10_000) {
  process.stderr.write("SEED_KEYS is a number of keys from 0 to 10000.\n");
  process.exit(1);
}
await openDatabase(loadEnv(process.env));
const taken = await database().user.count({ where: { email: { in: people.map((person) => person.email) } } });
if (taken > 0) {
  process.stdout.write("The example organization is there already; nothing was changed.\n");
} else {
  // A well-known password would be a security hole, so each seed generates its own.
  const password = newPassword.parse(process.env.SEED_PASSWORD ?? randomBytes(12).toString("base64url"));
  await seedOrganization(keys, await hashPassword(password));
  process.stdout.write(`Seeded "Northwind Robotics". Sign in with the password ${password} as:\n`);
  for (const { name, email, accessLevel } of people)
    process.stdout.write(`  ${email}  ${name}, ${accessLevel}\n`);
}
await closeDatabase();
process.exit(0);
