import { spawn } from "node:child_process";
import { prepare, root } from "./prepare.mjs";

process.chdir(root);
prepare({ build: false });
// Next reloads what is in app and components; a change in lib or server.ts starts the process anew.
const child = spawn(
  process.execPath,
  ["node_modules/tsx/dist/cli.mjs", "watch", "--clear-screen=false", "server.ts"],
  {
    stdio: "inherit",
    env: { ...process.env, NODE_ENV: "development" },
  },
);
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));
child.on("exit", (code) => process.exit(code ?? 0));
