// Plain Node.js without packages: in a fresh clone, this installs them. With arguments, runs only test files whose
// paths contain one of them, and no checks.
import { prepare, root } from "./prepare.mjs";
import { ensureSupportedNode } from "./runtime/ensure-supported-node.mjs";
import { runNode } from "./runtime/run-node.mjs";
import { findTestFiles } from "./suites/test-files.mjs";

process.chdir(root);
await ensureSupportedNode({ isRequired: true });
const patterns = process.argv.slice(2);
const { unit, db, http, browser } = findTestFiles(patterns);
if (patterns.length > 0 && [...unit, ...db, ...http, ...browser].length === 0) {
  process.stderr.write(`No test file has ${patterns.map((each) => `"${each}"`).join(" or ")} in its path.\n`);
  process.exit(1);
}
prepare({ build: patterns.length === 0 || http.length + browser.length > 0 });
await runNode(["--import", "tsx", "scripts/suites/run-suites.ts", ...patterns]);
