// The hostile connections of `npm test` for a quarter of an hour, beside a normal client: prints each minute's latency
// and memory. SOAK_SECONDS and SOAK_CLIENTS (of each kind) say otherwise.
import { spawn } from "node:child_process";
import { prepare, root } from "./prepare.mjs";

process.chdir(root);
prepare({ build: true });
const child = spawn(
  process.execPath,
  ["node_modules/vitest/vitest.mjs", "run", "--project", "http", "e2e/soak"],
  { stdio: "inherit", env: { SOAK_SECONDS: "900", SOAK_CLIENTS: "20", ...process.env } },
);
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));
child.on("exit", (code) => process.exit(code ?? 1));
