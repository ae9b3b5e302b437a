import { closeDatabase, openDatabase } from "@/lib/db/client";
import { loadEnv } from "@/lib/load-env";
import { verifyAuditChains } from "@/lib/services/audit/verify-audit-chains";

// Checks every organization's audit chain; exits with 1 if any is broken.
await openDatabase(loadEnv(process.env));
const chains = await verifyAuditChains();
for (const { organization, entries, fault } of chains) {
  process.stdout.write(`${organization}: ${entries} entries, ${fault === null ? "whole" : fault}\n`);
}
await closeDatabase();
process.exit(chains.every((chain) => chain.fault === null) ? 0 : 1);
