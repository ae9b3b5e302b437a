// The histories of `npm test`, ten times as long: 2,000 changes and two million verifications, while everything
// goes wrong. HISTORIES_CHANGES, HISTORIES_VERIFICATIONS, HISTORIES_SECONDS and HISTORIES_SEED say otherwise.
import { spawn } from "node:child_process";
import { prepare, root } from "./prepare.mjs";

process.chdir(root);
prepare({ build: true });
const longer = { HISTORIES_CHANGES: "2000", HISTORIES_VERIFICATIONS: "2000000", HISTORIES_SECONDS: "600" };
const child = spawn(
  process.execPath,
  ["node_modules/vitest/vitest.mjs", "run", "--project", "http", "e2e/histories"],
  { stdio: "inherit", env: { ...longer, LATCHKEY_TEST_DATABASE: "postgres", ...process.env } },
);
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));
child.on("exit", (code) => process.exit(code ?? 1));
