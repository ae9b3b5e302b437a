// Plain Node.js without packages: this runs in a clone that has nothing installed yet.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

export const root = resolve(import.meta.dirname, "..");

/**
 * Installs, generates and builds only what is missing or out of date. A start with nothing to do takes well under a
 * second.
 *
 * @param {{ build: boolean | "api" }} what "api": everything except the dashboard, which takes most of the time
 */
export function prepare({ build }) {
  // Not `npm ci`, which refuses a lock file that was written when the registry lacked another platform's optional
  // packages. This keeps locked versions, adds this platform's packages, and does not write the lock file.
  if (!isInstalled()) step("Installing packages", npm, ["install", "--no-save", "--include=dev"]);
  generate();
  if (build) buildServer();
  if (build === true) buildDashboard();
}

const npm = process.platform === "win32" ? "npm.cmd" : "npm";

/** Does node_modules contain what package-lock.json lists? npm keeps its own record there. */
function isInstalled() {
  const account = join(root, "node_modules/.package-lock.json");
  if (!existsSync(account)) return false;
  const installed = JSON.parse(readFileSync(account, "utf8")).packages;
  const wanted = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")).packages;
  return Object.entries(wanted).every(
    ([path, { version, optional, devOptional, peer }]) =>
      path === "" || optional || devOptional || peer || installed[path]?.version === version,
  );
}

function generate() {
  const marker = join(root, "lib/db/generated/.made-from");
  const hash = hashOf(["prisma/schema.prisma", "package-lock.json"]);
  if (read(marker) === hash) return;
  // Prisma's command looks for a native engine that it would download. Generating does not need it; any file will do.
  step(
    "Generating the database client",
    process.execPath,
    ["node_modules/prisma/build/index.js", "generate"],
    {
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    },
  );
  writeFileSync(marker, hash);
}

const common = "lib prisma package-lock.json tsconfig.json".split(" ");
const serverSources = [...common, "scripts", "server.ts", "api-server.ts"];
const dashboardSources = [
  ...common,
  ...["app", "components", "public", "proxy.ts", "instrumentation-client.ts"],
  ...["next.config.js", "tailwind.config.ts", "postcss.config.mjs", "scripts/build/build-dashboard.mjs"],
];

function buildServer() {
  build("server", "dist", serverSources, ["scripts/build/build-server.mjs"]);
}

function buildDashboard() {
  build("dashboard", ".next", dashboardSources, ["scripts/build/build-dashboard.mjs"]);
}

function build(what, directory, sources, program) {
  const marker = join(root, directory, ".made-from");
  const hash = hashOf(sources, process.version);
  if (read(marker) === hash) return;
  step(`Building the ${what}`, process.execPath, program, {
    NODE_ENV: "production",
    NEXT_TELEMETRY_DISABLED: "1",
  });
  mkdirSync(join(root, directory), { recursive: true });
  writeFileSync(marker, hash);
}

function hashOf(paths, version = "") {
  const hash = createHash("sha256").update(version);
  for (const path of paths) addTo(hash, path);
  return hash.digest("hex");
}

function addTo(hash, path) {
  const entries = readEntries(join(root, path));
  if (entries === undefined) {
    const content = read(join(root, path), null);
    if (content !== undefined) hash.update(`${path}\0`).update(content);
    return;
  }
  for (const { name } of entries) {
    // Generated files, and tests, which are not part of a build.
    if (name !== "generated" && !/\.test\.tsx?$/.test(name)) addTo(hash, `${path}/${name}`);
  }
}

function readEntries(path) {
  try {
    return readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return undefined;
  }
}

function read(path, encoding = "utf8") {
  try {
    return readFileSync(path, encoding);
  } catch {
    return undefined;
  }
}

function step(what, command, args, environment = {}) {
  process.stdout.write(`${what} ...\n`);
  const started = Date.now();
  const result = spawnSync(command, args, {
    cwd: root,
    env: { ...process.env, ...environment },
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
    shell: process.platform === "win32",
  });
  if (result.status !== 0) {
    process.stderr.write(`${result.stdout ?? ""}${result.stderr ?? ""}\n${what} failed.\n`);
    process.exit(1);
  }
  process.stdout.write(`${what}: ${((Date.now() - started) / 1000).toFixed(1)} s\n`);
}
