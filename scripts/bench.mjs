import { spawn } from "node:child_process";
import { prepare, root } from "./prepare.mjs";

process.chdir(root);
prepare({ build: true });
const child = spawn(process.execPath, ["--import", "tsx", "bench/run.ts", ...process.argv.slice(2)], {
  stdio: "inherit",
});
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));
child.on("exit", (code) => process.exit(code ?? 1));
