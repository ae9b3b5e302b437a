import { closeDatabase } from "@/lib/db/client";
import { openDatabase } from "@/lib/db/open-database";
import { loadEnv } from "@/lib/load-env";
import { readKeySet } from "@/lib/services/tokens/read-key-set";
import { rotateSigningKey } from "@/lib/services/tokens/rotate-signing-key";

// Creates the next signing key for access tokens. With --compromised the older ones end at once, along with all their
// access tokens; clients continue with their refresh tokens.
const compromised = process.argv.includes("--compromised");
await openDatabase(loadEnv(process.env));
const now = new Date();
await rotateSigningKey(compromised ? "compromised" : "in time", now);
const { keys } = await readKeySet(now);
for (const { kid } of keys) process.stdout.write(`published: ${kid}\n`);
await closeDatabase();
