import { createTestKey } from "@/e2e/support/data/test-key";
import { createTestOrganization } from "@/e2e/support/data/test-organization";
import { closeDatabase } from "@/lib/db/client";
import { openDatabase } from "@/lib/db/open-database";
import { loadEnv } from "@/lib/load-env";

// Run separately, because this process has another database open: fills the embedded one of DATA_DIR with as many keys
// as its argument says, and prints the token of a key that may verify, and theirs.

await openDatabase(loadEnv(process.env));
const organization = await createTestOrganization("Embedded");
const caller = await createTestKey(organization, { roles: ["key_verifier"] });
const tokens: string[] = [];
for (let count = Number(process.argv[2]); count > 0; count--) {
  tokens.push((await createTestKey(organization, { name: `Key ${count}` })).token);
}
await closeDatabase();
process.stdout.write(JSON.stringify({ caller: caller.token, tokens }));
