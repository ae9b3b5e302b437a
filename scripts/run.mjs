// Runs a command of package.json: `node scripts/run.mjs NAME`. Each runs under a supported Node.js, with a build of
// what it needs.
import { prepare, root } from "./prepare.mjs";
import { ensureSupportedNode } from "./runtime/ensure-supported-node.mjs";
import { runNode } from "./runtime/run-node.mjs";

const vitest = "node_modules/vitest/vitest.mjs";

/**
 * What each command runs: a built file in this process, or the arguments of a separate Node.js. A test suite's
 * environment sets its length; the user's own settings take precedence. `start` must not fail if no supported Node.js
 * can be fetched; a long test must.
 */
const commands = {
  start: { built: "server" },
  "start:api": { built: "api-server", build: "api" },
  seed: { built: "scripts/seed" },
  "audit:verify": { built: "scripts/audit-verify" },
  "owner:reset": { built: "scripts/owner-reset" },
  scan: { built: "scripts/scan", build: "api" },
  "tokens:rotate": { built: "scripts/tokens-rotate" },

  // Next reloads app and components; a change in lib or server.ts restarts the process.
  dev: {
    args: ["node_modules/tsx/dist/cli.mjs", "watch", "--clear-screen=false", "server.ts"],
    build: false,
    env: { ...process.env, NODE_ENV: "development" },
  },
  bench: { args: ["--import", "tsx", "bench/run.ts"] },
  screenshots: { args: ["--import", "tsx", "e2e/screenshots/run.ts"] },
  lighthouse: { args: ["--import", "tsx", "e2e/lighthouse/run.ts"] },
  "page-sizes": { args: ["scripts/build/print-page-sizes.mjs"] },
  e2e: { args: ["node_modules/@playwright/test/cli.js", "test"] },

  // The suites of `npm test` at full length.
  fuzz: {
    args: [vitest, "run", "--project", "db", "lib/api/fuzz.db.test.ts"],
    build: false,
    env: { FUZZ_REQUESTS: "100000", FUZZ_MINUTES: "60", ...process.env },
    isRequired: true,
  },
  histories: {
    args: [vitest, "run", "--project", "http", "e2e/histories"],
    env: {
      HISTORIES_CHANGES: "2000",
      HISTORIES_VERIFICATIONS: "2000000",
      HISTORIES_SECONDS: "600",
      LATCHKEY_TEST_DATABASE: "postgres",
      ...process.env,
    },
    isRequired: true,
  },
  // SOAK_CLIENTS is the number of hostile clients of each kind. Prints latency and memory every minute.
  soak: {
    args: [vitest, "run", "--project", "http", "e2e/soak"],
    env: { SOAK_SECONDS: "900", SOAK_CLIENTS: "20", ...process.env },
    isRequired: true,
  },
};

process.chdir(root);
const name = process.argv[2] ?? "";
const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
if (command === undefined) {
  process.stderr.write(`Unknown command. Known are: ${Object.keys(commands).join(", ")}.\n`);
  process.exit(1);
}
const { built, args, build = true, env = process.env, isRequired = false } = command;
await ensureSupportedNode({ isRequired });
process.argv.splice(2, 1);
if (built === undefined) {
  prepare({ build });
  await runNode([...args, ...process.argv.slice(2)], { env });
} else {
  process.env.NODE_ENV = "production";
  prepare({ build });
  await import(`../dist/${built}.mjs`);
}
