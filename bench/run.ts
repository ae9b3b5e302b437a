import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { audit } from "./audit";
import { auditRetention } from "./audit-retention";
import { cacheMemory } from "./cache-memory";
import { client } from "./client";
import { forwardAuth } from "./forward-auth";
import { keyList } from "./key-list";
import { memberDialog } from "./member-dialog";
import { others } from "./others";
import { revoke } from "./revoke";
import { start } from "./start";
import { BenchContext } from "./support/bench-context";
import type { Measured } from "./support/measure";
import { usage } from "./usage";
import { verify } from "./verify";
import { verifyEmbedded } from "./verify-embedded";
import { workers } from "./workers";

// Measures each figure next to its reference, alternating in one run: machines differ, ratios hardly do. Runs
// everything, or only what is named: npm run bench -- verify start

const benchmarks: Readonly<Record<string, (context: BenchContext) => Promise<readonly Measured[]>>> = {
  verify,
  "verify-embedded": verifyEmbedded,
  "forward-auth": forwardAuth,
  workers,
  client,
  "cache-memory": cacheMemory,
  usage,
  revoke,
  start,
  "key-list": keyList,
  "member-dialog": memberDialog,
  audit,
  "audit-retention": auditRetention,
  others,
};

const say = (line: string) => process.stdout.write(`${line}\n`);
const asked = process.argv.slice(2).filter((argument) => argument !== "--docs");
const unknown = asked.filter((name) => !Object.hasOwn(benchmarks, name));
if (unknown.length > 0) {
  say(`There is no benchmark ${unknown.join(", ")}; there are ${Object.keys(benchmarks).join(", ")}.`);
  process.exit(1);
}

const machine = `${cpus().length} cores (${cpus()[0]?.model ?? "unknown"}), Node.js ${process.version}`;
say(`${machine}. The load generator, the servers and PostgreSQL share them.\n`);
const context = new BenchContext();
const results: (Measured & { name: string })[] = [];
const failed: string[] = [];
const begun = performance.now();
try {
  for (const [name, run] of Object.entries(benchmarks)) {
    if (asked.length > 0 && !asked.includes(name)) continue;
    const started = performance.now();
    try {
      for (const measured of await run(context)) {
        results.push({ name, ...measured });
        say(line(measured));
      }
    } catch (error) {
      failed.push(name);
      say(`FAILED  ${name}: ${error instanceof Error ? error.stack : error}`);
    }
    say(`        (${name}: ${((performance.now() - started) / 1000).toFixed(0)} s)\n`);
  }
} finally {
  await context.close();
}

const table = [
  "| what; beside | ours | reference | ratio | target | met |",
  "| --- | --- | --- | --- | --- | --- |",
  ...results.map(
    ({ what, ours, reference, ratio, target, met }) =>
      `| ${what} | ${ours} | ${reference} | ${ratio?.toFixed(2) ?? ""} | ${target} | ${met === null ? "" : met ? "yes" : "no"} |`,
  ),
].join("\n");
const notes = results.flatMap(({ what, note }) => (note === undefined ? [] : [`- ${what}: ${note}`]));
mkdirSync("bench/results", { recursive: true });
writeFileSync("bench/results/latest.md", `${machine}\n\n${table}\n\n${notes.join("\n")}\n`);
const at = new Date().toISOString();
writeFileSync("bench/results/latest.json", `${JSON.stringify({ at, machine, results, failed }, null, 2)}\n`);
if (process.argv.includes("--docs")) keepInDocs();
say(`${table}\n`);
say(
  `${((performance.now() - begun) / 1000).toFixed(0)} s in all; bench/results/latest.json has the details.`,
);
process.exitCode = failed.length === 0 ? 0 : 1;

function line({ what, ours, reference, ratio, target, met, note }: Measured): string {
  const mark = met === null ? "      " : met ? "yes   " : "NO    ";
  const against = reference === "" ? "" : `; reference ${reference}`;
  const shownRatio = ratio === null ? "" : `; ratio ${ratio.toFixed(2)}`;
  return `${mark}  ${what}\n        ${ours}${against}${shownRatio}${target === "" ? "" : `; target ${target}`}${note === undefined ? "" : `\n        ${note}`}`;
}

/** The promised and the measured figures, for readers who do not run the benchmarks. */
function keepInDocs(): void {
  const heading = "## Measured";
  const [text] = readFileSync("docs/benchmarks.md", "utf8").split(heading);
  const day = at.slice(0, "2026-01-01".length);
  writeFileSync(
    "docs/benchmarks.md",
    `${text}${heading}\n\n${day}, ${machine}.\n\n${table}\n\n${notes.join("\n")}\n`,
  );
}
