import { prepare, root } from "./prepare.mjs";
import { ensureSupportedNode } from "./runtime/ensure-supported-node.mjs";
import { runNode } from "./runtime/run-node.mjs";

process.chdir(root);
await ensureSupportedNode();
prepare({ build: false });
// Next reloads what is in app and components; a change in lib or server.ts starts the process anew.
await runNode(["node_modules/tsx/dist/cli.mjs", "watch", "--clear-screen=false", "server.ts"], {
  env: { ...process.env, NODE_ENV: "development" },
});
