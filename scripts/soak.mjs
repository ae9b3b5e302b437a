// The hostile connections of `npm test` for a quarter of an hour, beside a normal client: prints each minute's latency
// and memory. SOAK_SECONDS and SOAK_CLIENTS (of each kind) say otherwise.
import { prepare, root } from "./prepare.mjs";
import { ensureSupportedNode } from "./runtime/ensure-supported-node.mjs";
import { runNode } from "./runtime/run-node.mjs";

process.chdir(root);
await ensureSupportedNode({ isRequired: true });
prepare({ build: true });
await runNode(["node_modules/vitest/vitest.mjs", "run", "--project", "http", "e2e/soak"], {
  env: { SOAK_SECONDS: "900", SOAK_CLIENTS: "20", ...process.env },
});
