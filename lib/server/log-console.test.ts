import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";

/** Characters that control a terminal, end a line or reorder text. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is looked for.
const obeyed = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/;
const forged = '{"level":40,"time":1,"event":"operator.reset_link_made","msg":"session event"}';
const hostile = `/x\r\n${forged}\n\u001b[2J\u009b31m\u2028\u202etxt lk_sk_abcdef`;

/** Runs this code in a separate process and returns its raw output. */
function outputOf(program: string): string {
  const imports = `import { logConsole } from "./lib/server/log-console.ts"; import { log } from "./lib/log.ts";`;
  const code = `${imports} logConsole(); const hostile = ${JSON.stringify(hostile)}; ${program}`;
  const run = spawnSync(process.execPath, ["--import", "tsx", "--input-type=module", "-e", code], {
    encoding: "utf8",
  });
  expect(run.status).toBe(0);
  return run.stdout + run.stderr;
}

test("client input ends up in one JSON line, whichever output it takes", () => {
  const output = outputOf(`
    for (const method of ["error", "warn", "log", "info", "debug", "trace"]) console[method](hostile);
    console.error("of %s:", hostile, new Error(hostile), { hostile });
    log().warn({ host: hostile }, hostile);
    process.emitWarning(hostile);
    process.emitWarning("The URL " + hostile + " is invalid.", "DeprecationWarning", "DEP0170");`);
  expect(output).not.toMatch(obeyed);
  const lines = output.trimEnd().split("\n");
  const entries = lines.map((line) => JSON.parse(line));
  // console.debug is below the log level.
  expect(entries).toHaveLength(9);
  expect(lines).not.toContain(forged);
  const said = entries.map((entry) => entry.said ?? "");
  expect(said.filter((text) => text.includes("operator.reset_link_made"))).toHaveLength(8);
  expect(said.join()).not.toContain("lk_sk_abcdef");
});
