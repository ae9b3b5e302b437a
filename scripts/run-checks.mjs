import { spawn } from "node:child_process";
import { availableParallelism } from "node:os";
import { root } from "./prepare.mjs";

const sources = [
  "app",
  "components",
  "lib",
  "e2e",
  "bench",
  "scripts",
  "server.ts",
  "api-server.ts",
  "proxy.ts",
  "instrumentation-client.ts",
];

/** Checks that do not run the product, longest first. */
export const staticChecks = {
  "import rules": [
    "dependency-cruiser/bin/dependency-cruiser.mjs",
    "--config",
    ".dependency-cruiser.mjs",
    ...sources,
  ],
  types: ["@typescript/native/bin/tsc", "--project", "."],
  "dead code": ["knip/bin/knip.js"],
  "format and lint": ["@biomejs/biome/bin/biome", "ci", "--error-on-warnings", "--colors=off"],
};

export const unitTests = {
  "unit tests": ["vitest/vitest.mjs", "run", "--project", "unit*", "--reporter", "dot"],
};

/** A tool that cannot parse TypeScript skips those files and reports no errors, so this many modules must be seen. */
const fewestModules = 900;

/** @param {string} output */
function readsTheProject(output) {
  return Number(/\((\d+) modules, /.exec(output)?.[1]) >= fewestModules;
}

/**
 * Runs checks, two at a time if there are two cores. A passing check prints one line; a failing one prints all its
 * output.
 *
 * @param {Record<string, string[]>} checks programs under node_modules with their arguments, by name
 * @returns {Promise<string[]>} the names of the failed checks
 */
export async function runChecks(checks) {
  const queue = Object.entries(checks);
  /** @type {string[]} */
  const failed = [];
  const work = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const [name, [program, ...args]] = next;
      const { exitCode, output, milliseconds } = await run(`node_modules/${program}`, args);
      const sawAll = name !== "import rules" || readsTheProject(output);
      const passed = exitCode === 0 && sawAll;
      say(`${passed ? "ok  " : "FAIL"}  ${name} (${(milliseconds / 1000).toFixed(1)} s)`);
      if (passed) continue;
      failed.push(name);
      say(output);
      if (!sawAll) say(`fewer than ${fewestModules} modules were read`);
    }
  };
  await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, work));
  return failed;
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
    child.once("close", (code) => resolve({ exitCode: code, output, milliseconds: Date.now() - begun }));
  });
}

function say(line) {
  process.stdout.write(`${line}\n`);
}
