// All that can be told without a database or a browser: format, lint, types, import rules, dead code,
// unit tests. What fails is printed whole, what passes in one line.
import { spawn } from "node:child_process";
import { availableParallelism } from "node:os";
import { prepare, root } from "./prepare.mjs";

prepare({ build: false });

const sources = ["app", "components", "lib", "e2e", "scripts", "server.ts", "proxy.ts"];
const checks = {
  "unit tests": ["vitest/vitest.mjs", "run", "--project", "unit", "--reporter", "dot"],
  types: ["@typescript/native/bin/tsc", "--project", "."],
  "import rules": [
    "dependency-cruiser/bin/dependency-cruise.mjs",
    "--config",
    ".dependency-cruiser.mjs",
    ...sources,
  ],
  "dead code": ["knip/bin/knip.js"],
  "format and lint": ["@biomejs/biome/bin/biome", "ci", "--error-on-warnings", "--colors=off"],
};

const queue = Object.entries(checks);
const failed = [];
const started = Date.now();
await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, work));
const seconds = ((Date.now() - started) / 1000).toFixed(1);
say(
  failed.length === 0 ? `All checks passed in ${seconds} s.` : `Failed: ${failed.join(", ")} (${seconds} s).`,
);
process.exitCode = failed.length === 0 ? 0 : 1;

async function work() {
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const [name, [program, ...args]] = next;
    const { passed, output, milliseconds } = await run(`node_modules/${program}`, args);
    say(`${passed ? "ok  " : "FAIL"}  ${name} (${(milliseconds / 1000).toFixed(1)} s)`);
    if (passed) continue;
    failed.push(name);
    say(output);
  }
}

function run(program, args) {
  return new Promise((resolve, reject) => {
    const begun = Date.now();
    const child = spawn(process.execPath, [program, ...args], {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text) => {
        output += text;
      });
    }
    child.once("error", reject);
    child.once("close", (code) => resolve({ passed: code === 0, output, milliseconds: Date.now() - begun }));
  });
}

function say(line) {
  process.stdout.write(`${line}\n`);
}
