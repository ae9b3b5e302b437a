import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { needChromium } from "@/e2e/support/chromium";
import { startCluster } from "@/e2e/support/database-setup";
import { runChecks, staticChecks } from "./run-checks.mjs";

type Outcome = { passed: number; failed: number; skipped: number; why?: string };
type Suite = { name: string; run: () => Promise<Outcome> };

/** On two cores the whole takes a fraction of this; what takes longer hangs. */
const suiteLimitMs = 15 * 60_000;

const reports = mkdtempSync(join(tmpdir(), "latchkey-reports-"));
const results: (Outcome & { name: string; seconds: number })[] = [];
let running: ReturnType<typeof spawn> | undefined;
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    running?.kill(signal);
    process.exit(130);
  });
}

const cluster = await attempt(startCluster);
const chromium = await attempt(async () => {
  process.env.CHROME_PATH = needChromium();
});
try {
  for (const { name, run } of suites()) {
    say(`\n== ${name}`);
    const started = Date.now();
    const outcome = await run();
    results.push({ name, ...outcome, seconds: (Date.now() - started) / 1000 });
  }
} finally {
  await cluster.value?.();
  rmSync(reports, { recursive: true, force: true });
}
summarize();

function suites(): Suite[] {
  const databases = ["embedded", "postgres"] as const;
  return [
    { name: "checks", run: checks },
    { name: "requirements", run: requirements },
    { name: "unit", run: () => vitest("unit", "embedded") },
    ...databases.map((kind) => ({ name: `db, ${kind}`, run: () => on(kind, () => vitest("db", kind)) })),
    ...databases.map((kind) => ({ name: `http, ${kind}`, run: () => on(kind, () => vitest("http", kind)) })),
    ...databases.map((kind) => ({ name: `browser, ${kind}`, run: () => on(kind, () => browser(kind)) })),
  ];
}

/** Skips, and says why, what needs a PostgreSQL that could not be had. */
async function on(kind: "embedded" | "postgres", run: () => Promise<Outcome>): Promise<Outcome> {
  return kind === "postgres" && cluster.failure !== undefined ? skip(cluster.failure) : run();
}

async function checks(): Promise<Outcome> {
  const failed = (await runChecks(staticChecks)).length;
  return { passed: Object.keys(staticChecks).length - failed, failed, skipped: 0 };
}

async function requirements(): Promise<Outcome> {
  const passed = (await node(["scripts/requirements.mjs"], {})) === 0;
  return { passed: Number(passed), failed: Number(!passed), skipped: 0 };
}

async function vitest(project: string, database: string): Promise<Outcome> {
  const report = join(reports, `${project}-${database}.json`);
  const args = ["run", "--project", project, "--reporter=default", "--reporter=json"];
  const code = await node(["node_modules/vitest/vitest.mjs", ...args, `--outputFile.json=${report}`], {
    LATCHKEY_TEST_DATABASE: database,
  });
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = read(report);
  return outcome(code, numPassedTests, numFailedTests, (numPendingTests ?? 0) + (numTodoTests ?? 0));
}

async function browser(database: string): Promise<Outcome> {
  if (chromium.failure !== undefined) return skip(chromium.failure);
  const report = join(reports, `browser-${database}.json`);
  const code = await node(["node_modules/@playwright/test/cli.js", "test", "--reporter=list,json"], {
    LATCHKEY_TEST_DATABASE: database,
    PLAYWRIGHT_JSON_OUTPUT_NAME: report,
  });
  const { stats } = read(report);
  return outcome(code, stats?.expected, (stats?.unexpected ?? 0) + (stats?.flaky ?? 0), stats?.skipped);
}

/** A runner can fail without a failing test: a file that does not load, an error after the last test. */
function outcome(code: number, passed = 0, failed = 0, skipped = 0): Outcome {
  return { passed, failed: code === 0 ? failed : Math.max(failed, 1), skipped };
}

function skip(why: string): Outcome {
  say(`skipped: ${why}`);
  return { passed: 0, failed: 0, skipped: 1, why };
}

type Report = Partial<
  Record<"numPassedTests" | "numFailedTests" | "numPendingTests" | "numTodoTests", number>
> & {
  stats?: Partial<Record<"expected" | "unexpected" | "flaky" | "skipped", number>>;
};

function read(report: string): Report {
  try {
    return JSON.parse(readFileSync(report, "utf8")) as Report;
  } catch {
    return {};
  }
}

function node(args: string[], environment: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      stdio: "inherit",
      env: { ...process.env, ...environment },
    });
    running = child;
    const limit = setTimeout(() => child.kill("SIGKILL"), suiteLimitMs);
    child.once("error", reject);
    child.once("close", (code) => {
      clearTimeout(limit);
      resolve(code ?? 1);
    });
  });
}

async function attempt<T>(work: () => Promise<T>): Promise<{ value?: T; failure?: string }> {
  try {
    return { value: await work() };
  } catch (error) {
    return { failure: error instanceof Error ? error.message : String(error) };
  }
}

function summarize(): void {
  say("\n== summary");
  for (const { name, passed, failed, skipped, why, seconds } of results) {
    const verdict = failed > 0 ? "FAIL" : why === undefined ? "ok  " : "skip";
    say(
      `${verdict}  ${name}: ${count({ passed, failed, skipped })} (${seconds.toFixed(1)} s)${why ? `: ${why}` : ""}`,
    );
  }
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const result of results) {
    total.passed += result.passed;
    total.failed += result.failed;
    total.skipped += result.skipped;
  }
  say(count(total));
  process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;
}

function count({ passed, failed, skipped }: Outcome): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
