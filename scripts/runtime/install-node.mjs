import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { join, resolve } from "node:path";

const here = import.meta.dirname;
const windows = process.platform === "win32";
/** npm ignores folders that start with a dot, and `rm -rf node_modules` removes this one too. */
const root = resolve(here, "../../node_modules/.runtime");
/** Fetching never takes this long, so an older attempt must have been killed. */
const abandonedMs = 60 * 60_000;

/**
 * Finds the pinned Node.js for this platform, or fetches it. Its SHA-256 is checked at every start, before it runs.
 *
 * @returns {{ node: string } | { failure: string }} the path of the program, or the reason why there is none
 */
export function installNode() {
  const name = `node-${windows ? "win" : process.platform}-${process.arch}`;
  const version = readJson("package.json").optionalDependencies[name];
  if (version === undefined)
    return { failure: `npm has no Node.js 24 for ${process.platform} ${process.arch}` };
  if (!hasGlibc()) return { failure: "npm has no Node.js 24 for musl" };
  const sha256 = readJson("sha256.json")[name];
  const program = windows ? "node.exe" : "node";
  const directory = join(root, `${name}-${version}`);
  const node = join(directory, program);
  if (isGenuine(node, sha256)) return { node };

  mkdirSync(directory, { recursive: true });
  removeAbandoned();
  process.stdout.write(
    `Fetching Node.js ${version}, because ${process.versions.node} gets no security fixes ...\n`,
  );
  const temporary = mkdtempSync(join(root, "fetching-"));
  try {
    const output = fetchPackage(temporary);
    const fetched = join(temporary, "node_modules", name, "bin", program);
    // The package is optional, so npm succeeds without it.
    if (!existsSync(fetched)) return { failure: `npm could not fetch ${name} ${version}. ${output}` };
    if (!isGenuine(fetched, sha256)) throw new Error(`${name} ${version} does not have the pinned SHA-256`);
    putInPlace(fetched, node, sha256);
    return { node };
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

function readJson(file) {
  return JSON.parse(readFileSync(join(here, file), "utf8"));
}

function hasGlibc() {
  if (process.platform !== "linux") return true;
  process.report.excludeNetwork = true;
  return process.report.getReport().header.glibcVersionRuntime !== undefined;
}

function isGenuine(file, sha256) {
  return existsSync(file) && createHash("sha256").update(readFileSync(file)).digest("hex") === sha256;
}

/** Fetches exactly what the lock file pins by integrity, without running scripts. */
function fetchPackage(directory) {
  for (const file of ["package.json", "package-lock.json", ".npmrc"])
    copyFileSync(join(here, file), join(directory, file));
  const patience = ["--fetch-retries=2", "--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=5000"];
  const args = ["ci", "--include=optional", "--prefix", directory, ...patience];
  const { error, stdout, stderr } = spawnSync(windows ? "npm.cmd" : "npm", args, {
    cwd: directory,
    encoding: "utf8",
    shell: windows,
  });
  return error?.message ?? `${stdout}${stderr}`.trim();
}

/**
 * Renames the program into place, which is atomic even if two starts do it at once. Windows refuses the rename while
 * the program runs.
 */
function putInPlace(fetched, node, sha256) {
  try {
    renameSync(fetched, node);
  } catch (error) {
    if (!isGenuine(node, sha256)) throw error;
  }
}

function removeAbandoned() {
  for (const entry of readdirSync(root).filter((each) => each.startsWith("fetching-"))) {
    const path = join(root, entry);
    const { mtimeMs } = statSync(path, { throwIfNoEntry: false }) ?? { mtimeMs: Date.now() };
    if (Date.now() - mtimeMs > abandonedMs) rmSync(path, { recursive: true, force: true });
  }
}
