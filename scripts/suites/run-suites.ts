import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { needChromium } from "@/e2e/support/browser/chromium";
import { startCluster } from "@/e2e/support/database/database-setup";
import { needProxy } from "@/e2e/support/processes/proxies";
import { needRedis } from "@/e2e/support/processes/redis-server";
import { runChecks, staticChecks } from "../run-checks.mjs";
import type { Outcome } from "./read-report";
import { readPlaywrightReport, readVitestReport } from "./read-report";
import type { Write } from "./run-program";
import { node } from "./run-program";
import { findTestFiles } from "./test-files.mjs";

type Kind = "unit" | "db" | "http" | "browser";
type Database = "embedded" | "postgres";
type Suite = {
  readonly name: string;
  /** Undefined for a suite without test files, which runs only with everything else. */
  readonly kind?: Kind;
  /** Passes the output of the suite's program to `write`, by default to the terminal. */
  readonly run: (write?: Write) => Promise<Outcome>;
};

/**
 * The browser tests that also run on PostgreSQL, because the database can change what they show: a first start, a whole
 * life, two changes at once, where secrets are stored, what survives a crash. The services' tests prove the pages'
 * queries on both.
 */
const mainFlows = [
  "accounts/setup",
  ...["keys/key-life", "keys/roll-key", "keys/canary"],
  "server/durability",
].map((name) => `e2e/${name}.spec.ts`);

/** With patterns only matching test files run, and no checks. */
const patterns = process.argv.slice(2);
const chosen = patterns.length > 0 ? findTestFiles(patterns) : undefined;

const reports = mkdtempSync(join(tmpdir(), "latchkey-reports-"));
const results: (Outcome & { name: string; seconds: number })[] = [];

const needs = (...kinds: Kind[]) => chosen === undefined || kinds.some((kind) => chosen[kind].length > 0);
const cluster = needs("db", "http", "browser") ? await attempt(startCluster) : {};
const chromium = needs("browser") ? await attempt(findBrowser) : {};
// Without PostgreSQL, the tests that need it are skipped and say so.
if (needs("db", "http")) {
  needRedis();
  needProxy("nginx");
  needProxy("caddy");
}
try {
  const all = suites();
  const of = (...kinds: (Kind | undefined)[]) => all.filter(({ kind }) => kinds.includes(kind));
  await runInOrder(of(undefined, "unit"));
  // The HTTP tests wait half of their time, for timeouts and restarts, and leave the cores to the database tests.
  const held: string[] = [];
  const both = await Promise.allSettled([runBeside(of("http"), held), runInOrder(of("db"))]);
  say(held.join(""));
  for (const each of both) if (each.status === "rejected") throw each.reason;
  await runInOrder(of("browser"));
} finally {
  await cluster.value?.();
  rmSync(reports, { recursive: true, force: true });
}
summarize();

async function runInOrder(inOrder: readonly Suite[]): Promise<void> {
  for (const suite of inOrder) {
    say(`\n== ${suite.name}`);
    await run(suite);
  }
}

/** For suites that run next to others. Collects what they write, to be shown when nobody else writes. */
async function runBeside(inOrder: readonly Suite[], held: string[]): Promise<void> {
  for (const suite of inOrder) {
    held.push(`\n== ${suite.name}\n`);
    await run(suite, (text) => held.push(text));
  }
}

async function run(suite: Suite, write?: Write): Promise<void> {
  const started = Date.now();
  const outcome = await suite.run(write);
  results.push({ name: suite.name, ...outcome, seconds: (Date.now() - started) / 1000 });
}

function suites(): Suite[] {
  const databases: Database[] = ["embedded", "postgres"];
  const onBoth = (kind: Kind, run: (database: Database, write?: Write) => Promise<Outcome>): Suite[] =>
    databases.map((database) => ({
      kind,
      name: `${kind}, ${database}`,
      run: (write) => on(database, () => run(database, write), write),
    }));
  const all: Suite[] = [
    { name: "checks", run: checks },
    { name: "requirements", run: requirements },
    { kind: "unit", name: "unit", run: () => vitest("unit", "embedded") },
    ...onBoth("db", db),
    ...onBoth("http", (database, write) => vitest("http", database, write)),
    ...onBoth("browser", browser),
  ];
  return all.filter(({ kind }) => chosen === undefined || (kind !== undefined && needs(kind)));
}

/** Skips suites that need PostgreSQL if there is none, and says why. */
async function on(kind: Database, run: () => Promise<Outcome>, write?: Write): Promise<Outcome> {
  return kind === "postgres" && cluster.failure !== undefined ? skip(cluster.failure, write) : run();
}

async function checks(): Promise<Outcome> {
  const failed = await runChecks(staticChecks);
  return { passed: Object.keys(staticChecks).length - failed.length, failed, skipped: [] };
}

async function requirements(): Promise<Outcome> {
  const code = await node(["scripts/requirements.mjs"], {});
  return code === 0
    ? { passed: 1, failed: [], skipped: [] }
    : { passed: 0, failed: ["npm run requirements"], skipped: [] };
}

async function vitest(
  project: Exclude<Kind, "browser">,
  database: Database,
  write?: Write,
): Promise<Outcome> {
  const report = join(reports, `${project}-${database}.json`);
  const files = chosen === undefined ? [] : ["--passWithNoTests", ...chosen[project]];
  const args = [
    "run",
    "--project",
    project === "unit" ? "unit*" : project,
    "--reporter=default",
    "--reporter=json",
    ...files,
  ];
  const program = ["node_modules/vitest/vitest.mjs", ...args, `--outputFile.json=${report}`];
  const code = await node(program, { LATCHKEY_TEST_DATABASE: database }, write);
  return outcome(code, () => readVitestReport(report));
}

/** See `callers` in vitest.config.ts. */
async function db(database: Database): Promise<Outcome> {
  const told = await vitest("db", database);
  const ranAll = database === "postgres" || cluster.failure !== undefined;
  if (ranAll || (chosen !== undefined && told.passed > 0)) return told;
  return {
    ...told,
    skipped: [...told.skipped, "the matrices and the API's routes, which run on PostgreSQL"],
  };
}

async function findBrowser(): Promise<void> {
  process.env.CHROME_PATH = needChromium();
}

async function browser(database: Database): Promise<Outcome> {
  if (chromium.failure !== undefined) return skip(chromium.failure);
  const report = join(reports, `browser-${database}.json`);
  const wanted = chosen?.browser ?? [];
  const flows = wanted.length > 0 ? mainFlows.filter((flow) => wanted.includes(flow)) : mainFlows;
  const files = database === "postgres" ? flows : wanted;
  if (database === "postgres" && files.length === 0)
    return skip("these browser tests run on the embedded database");
  const args = ["node_modules/@playwright/test/cli.js", "test", "--reporter=list,json", ...files];
  const code = await node(args, {
    LATCHKEY_TEST_DATABASE: database,
    PLAYWRIGHT_JSON_OUTPUT_NAME: report,
  });
  const told = outcome(code, () => readPlaywrightReport(report));
  if (database === "embedded" || chosen !== undefined) return told;
  return {
    ...told,
    skipped: [...told.skipped, "the other browser tests, which ran on the embedded database"],
  };
}

/** A runner can fail without a failing test, for example when setup throws or an error comes after the last test. */
function outcome(code: number, read: () => Outcome): Outcome {
  const besides = `the runner itself, with code ${code}`;
  try {
    const told = read();
    return code === 0 || told.failed.length > 0 ? told : { ...told, failed: [besides] };
  } catch {
    return { passed: 0, failed: [`${besides} and without a report`], skipped: [] };
  }
}

function skip(why: string, write: Write = say): Outcome {
  write(`skipped: ${why}`);
  return { passed: 0, failed: [], skipped: [`all of it: ${why}`] };
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
  for (const { name, seconds, ...result } of results) {
    const verdict = result.failed.length > 0 ? "FAIL" : result.passed > 0 ? "ok  " : "skip";
    say(`${verdict}  ${name}: ${count([result])} (${seconds.toFixed(1)} s)`);
    for (const test of result.failed) say(`        failed: ${test}`);
    for (const test of result.skipped) say(`        skipped: ${test}`);
  }
  say(count(results));
  const good = results.every(({ failed }) => failed.length === 0) && results.some(({ passed }) => passed > 0);
  process.exitCode = good ? 0 : 1;
}

function count(outcomes: readonly Outcome[]): string {
  const sum = (of: (outcome: Outcome) => number) => outcomes.reduce((total, each) => total + of(each), 0);
  const skipped = sum((each) => each.skipped.length);
  const others = `${sum((each) => each.passed)} passed, ${sum((each) => each.failed.length)} failed`;
  return skipped > 0 ? `${others}, ${skipped} skipped` : others;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
