// 100,000 requests to the API that are wrong in every way, where the suite sends 20,000. FUZZ_REQUESTS,
// FUZZ_MINUTES and FUZZ_SEED say otherwise.
import { spawn } from "node:child_process";
import { prepare, root } from "./prepare.mjs";

process.chdir(root);
prepare({ build: false });
const child = spawn(
  process.execPath,
  ["node_modules/vitest/vitest.mjs", "run", "--project", "db", "lib/api/fuzz.db.test.ts"],
  { stdio: "inherit", env: { FUZZ_REQUESTS: "100000", FUZZ_MINUTES: "60", ...process.env } },
);
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));
child.on("exit", (code) => process.exit(code ?? 1));
