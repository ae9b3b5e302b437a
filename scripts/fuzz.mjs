// 100,000 requests to the API that are wrong in every way, where the suite sends 20,000. FUZZ_REQUESTS,
// FUZZ_MINUTES and FUZZ_SEED say otherwise.
import { prepare, root } from "./prepare.mjs";
import { ensureSupportedNode } from "./runtime/ensure-supported-node.mjs";
import { runNode } from "./runtime/run-node.mjs";

process.chdir(root);
await ensureSupportedNode({ isRequired: true });
prepare({ build: false });
await runNode(["node_modules/vitest/vitest.mjs", "run", "--project", "db", "lib/api/fuzz.db.test.ts"], {
  env: { FUZZ_REQUESTS: "100000", FUZZ_MINUTES: "60", ...process.env },
});
