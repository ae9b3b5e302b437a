// Format, lint, types, import rules, dead code and unit tests: everything that needs neither database nor browser, in
// well under a minute.
import { prepare, root } from "./prepare.mjs";
import { runChecks, staticChecks, unitTests } from "./run-checks.mjs";
import { ensureSupportedNode } from "./runtime/ensure-supported-node.mjs";

process.chdir(root);
await ensureSupportedNode({ isRequired: true });
prepare({ build: false });
const started = Date.now();
const failed = await runChecks({ ...unitTests, ...staticChecks });
const seconds = ((Date.now() - started) / 1000).toFixed(1);
process.stdout.write(
  failed.length === 0 ? `All passed in ${seconds} s.\n` : `Failed: ${failed.join(", ")}\n`,
);
process.exitCode = failed.length === 0 ? 0 : 1;
