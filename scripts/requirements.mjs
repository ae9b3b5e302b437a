// Prints, for every requirement in docs/requirements.md, the tests whose titles contain its id. An id in product source
// is an error, because only tests prove requirements. Plain Node.js: needs nothing installed.
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "..");
const id = "[A-Z]\\d{1,2}";
const row = new RegExp(`^\\| (${id}) +\\| (.+?) +\\| (done|planned) +\\|$`, "gm");
/** A string literal in any quotes, on one line. Ids are in titles, and titles are literals. */
const literal = /(["'`])((?:(?!\1)[^\\\n]|\\.)*)\1/g;
/** `[J7]`, or `[J3, P1]` for several. */
const carried = new RegExp(`\\[(${id}(?:, ?${id})*)\\]`, "g");
const isTest = /\.(test|spec)\.tsx?$/;
/** A test that is skipped proves nothing. */
const unrun = /\b(?:test|it|describe)(?:\.\w+)*\.(?:skip|fixme|todo|skipIf|runIf)\b/;

const requirements = [...readFileSync(join(root, "docs/requirements.md"), "utf8").matchAll(row)].map(
  ([, key, what, state]) => ({ key, what, state, tests: [] }),
);
const byKey = new Map(requirements.map((requirement) => [requirement.key, requirement]));
const faults = [];
if (byKey.size !== requirements.length) faults.push("docs/requirements.md names an id twice");
if (requirements.length === 0) faults.push("docs/requirements.md has no requirement");

for (const file of [
  ...testFiles("lib"),
  ...testFiles("components"),
  ...testFiles("e2e"),
  ...testFiles("scripts"),
]) {
  const source = readFileSync(join(root, file), "utf8");
  for (const match of source.matchAll(literal)) {
    const title = match[2];
    const line = source.slice(source.lastIndexOf("\n", match.index) + 1, match.index);
    if (unrun.test(line)) continue;
    for (const [, keys] of title.matchAll(carried)) {
      for (const key of keys.split(/, ?/)) {
        const requirement = byKey.get(key);
        if (requirement === undefined) faults.push(`${file}: there is no requirement ${key}: ${title}`);
        else requirement.tests.push(`${file}: ${title.replace(/\s+/g, " ")}`);
      }
    }
  }
}

for (const file of ["app", "components", "lib", "prisma"].flatMap(productFiles)) {
  const [tag] = readFileSync(join(root, file), "utf8").match(carried) ?? [];
  if (tag !== undefined) faults.push(`${file} carries ${tag}; tests alone do`);
}

for (const { key, what, state, tests } of requirements) {
  write(`${key}  ${state}  ${what}`);
  for (const test of new Set(tests)) write(`      ${test}`);
  if (state === "done" && tests.length === 0) faults.push(`${key} is done, but no test carries it`);
}

const done = requirements.filter(({ state }) => state === "done");
const proved = done.filter(({ tests }) => tests.length > 0);
write("");
write(`${proved.length} of ${done.length} done requirements are proved by tests.`);
write(`${requirements.length - done.length} are planned, not done.`);
for (const fault of faults) write(`FAULT: ${fault}`);
process.exitCode = faults.length === 0 ? 0 : 1;

function testFiles(folder) {
  return filesIn(folder).filter((file) => isTest.test(file));
}

function productFiles(folder) {
  return filesIn(folder).filter((file) => /\.(tsx?|mjs|prisma)$/.test(file) && !isTest.test(file));
}

function filesIn(folder) {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .map((file) => `${folder}/${file.replaceAll("\\", "/")}`)
    .filter((file) => !file.startsWith("lib/db/generated/"));
}

function write(line) {
  process.stdout.write(`${line}\n`);
}
