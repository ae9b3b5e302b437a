import { prepare, root } from "./prepare.mjs";
import { ensureSupportedNode } from "./runtime/ensure-supported-node.mjs";
import { runNode } from "./runtime/run-node.mjs";

process.chdir(root);
await ensureSupportedNode();
prepare({ build: true });
await runNode(["--import", "tsx", "bench/run.ts", ...process.argv.slice(2)]);
