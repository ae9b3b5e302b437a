// The histories of `npm test`, ten times as long: 2,000 changes and two million verifications, while everything
// goes wrong. HISTORIES_CHANGES, HISTORIES_VERIFICATIONS, HISTORIES_SECONDS and HISTORIES_SEED say otherwise.
import { prepare, root } from "./prepare.mjs";
import { ensureSupportedNode } from "./runtime/ensure-supported-node.mjs";
import { runNode } from "./runtime/run-node.mjs";

process.chdir(root);
await ensureSupportedNode({ isRequired: true });
prepare({ build: true });
const longer = { HISTORIES_CHANGES: "2000", HISTORIES_VERIFICATIONS: "2000000", HISTORIES_SECONDS: "600" };
await runNode(["node_modules/vitest/vitest.mjs", "run", "--project", "http", "e2e/histories"], {
  env: { ...longer, LATCHKEY_TEST_DATABASE: "postgres", ...process.env },
});
