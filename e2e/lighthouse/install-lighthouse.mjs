import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const here = import.meta.dirname;
/** A dot folder, which npm ignores. `rm -rf node_modules` removes it too. */
const directory = resolve(here, "../../node_modules/.lighthouse");
const installed = join(directory, "node_modules/lighthouse");
const files = ["package.json", "package-lock.json", ".npmrc"];
const windows = process.platform === "win32";

/**
 * Finds the pinned Lighthouse, or fetches it with its 114 packages, without running their scripts.
 *
 * @returns {string} its directory
 * @throws {Error} npm's output if it cannot be fetched
 */
export function installLighthouse() {
  const { lighthouse: version } = JSON.parse(readFileSync(join(here, "package.json"), "utf8")).dependencies;
  if (versionIn(installed) === version) return installed;
  process.stdout.write(`Fetching Lighthouse ${version} ...\n`);
  mkdirSync(directory, { recursive: true });
  for (const file of files) copyFileSync(join(here, file), join(directory, file));
  const { status, stdout, stderr, error } = spawnSync(
    windows ? "npm.cmd" : "npm",
    ["ci", "--prefix", directory],
    { cwd: directory, encoding: "utf8", shell: windows },
  );
  if (status !== 0) throw new Error(`Lighthouse could not be fetched. ${error?.message ?? stderr + stdout}`);
  return installed;
}

function versionIn(folder) {
  const manifest = join(folder, "package.json");
  return existsSync(manifest) ? JSON.parse(readFileSync(manifest, "utf8")).version : undefined;
}
