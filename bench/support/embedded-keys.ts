import { createTestKey } from "@/e2e/support/data/test-key";
import { createTestOrganization } from "@/e2e/support/data/test-organization";
import { closeDatabase } from "@/lib/db/client";
import { openDatabase } from "@/lib/db/open-database";
import { loadEnv } from "@/lib/load-env";

// Run as a separate process, because the bench has another database open. Fills the embedded database of DATA_DIR with
// the number of keys in its argument, and prints the token of a key that may verify, followed by theirs.

await openDatabase(loadEnv(process.env));
const organization = await createTestOrganization("Embedded");
const caller = await createTestKey(organization, { roles: ["key_verifier"] });
const tokens: string[] = [];
for (let count = Number(process.argv[2]); count > 0; count--) {
  tokens.push((await createTestKey(organization, { name: `Key ${count}` })).token);
}
await closeDatabase();
process.stdout.write(JSON.stringify({ caller: caller.token, tokens }));
