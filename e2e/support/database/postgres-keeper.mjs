// Keeps one throwaway PostgreSQL running while its standard input is open. It is a separate process, so the cluster is
// stopped and removed however the tests end, even by SIGKILL, which closes the pipe.
// Usage: node postgres-keeper.mjs <directory of the programs> <port>
// Prints one line of JSON when it accepts connections: { url, dataDir }, or { error }.
import { execFileSync, spawn } from "node:child_process";
import { chownSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { databasesDirectory } from "./databases-directory.mjs";

const [programs = "", port = ""] = process.argv.slice(2);
const directory = mkdtempSync(join(databasesDirectory(), "latchkey-postgres-"));
const dataDir = join(directory, "data");
let server;

process.stdin.resume();
process.stdin.on("close", stop);
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, stop);

try {
  const owner = unprivilegedOwner();
  if (owner.uid !== undefined) chownSync(directory, owner.uid, owner.gid);
  const options = { ...owner, cwd: directory, stdio: ["ignore", "pipe", "pipe"] };
  execFileSync(
    join(programs, "initdb"),
    ["-D", dataDir, "-U", "postgres", "--auth=trust", "--encoding=UTF8", ...locale(), "--no-sync"],
    options,
  );
  server = spawn(join(programs, "postgres"), ["-D", dataDir, ...settings()], options);
  await accepting();
  say({ url: `postgresql://postgres@127.0.0.1:${port}/postgres`, dataDir });
} catch (error) {
  say({ error: String(error?.stderr ?? "") || String(error?.message ?? error) });
  stop();
}

/** PostgreSQL refuses to run as root; root can run it as another user. */
function unprivilegedOwner() {
  if (process.getuid?.() !== 0) return {};
  for (const user of ["postgres", "nobody"]) {
    try {
      const id = (flag) => Number(execFileSync("id", [flag, user], { encoding: "utf8", stdio: "pipe" }));
      return { uid: id("-u"), gid: id("-g") };
    } catch {
      // Not every system has both users.
    }
  }
  throw new Error("PostgreSQL refuses to run as root, and there is neither a user postgres nor nobody.");
}

/** A locale with non-ASCII letters, as in real installations, if the system is sure to have one. */
function locale() {
  const known = { linux: "C.UTF-8", darwin: "en_US.UTF-8" }[process.platform];
  return known === undefined ? ["--no-locale"] : [`--locale=${known}`, "--lc-messages=C"];
}

/** Settings for a throwaway cluster, in which nothing waits for the disk. */
function settings() {
  const values = {
    port,
    listen_addresses: "127.0.0.1",
    unix_socket_directories: process.platform === "win32" ? "" : directory,
    fsync: "off",
    synchronous_commit: "off",
    full_page_writes: "off",
    max_connections: 300,
    shared_buffers: "64MB",
    max_wal_size: "256MB",
    timezone: "Asia/Kathmandu", // Neither UTC nor a whole number of hours away, so that a time read in the wrong zone shows.
  };
  return Object.entries(values).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}

/**
 * Resolves when the server can answer queries. It listens earlier, so this reads its log, which its locale keeps in
 * English.
 */
function accepting() {
  return new Promise((resolve, reject) => {
    let log = "";
    server.stderr.on("data", (chunk) => {
      log = (log + chunk).slice(-4000);
      if (log.includes("ready to accept connections")) resolve();
    });
    server.stdout.resume();
    server.once("error", reject);
    server.once("exit", (code) => reject(new Error(`PostgreSQL ended (${code}): ${log}`)));
    setTimeout(
      () => reject(new Error(`PostgreSQL was not ready within two minutes: ${log}`)),
      120_000,
    ).unref();
  });
}

function say(message) {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

let stopping = false;
function stop() {
  if (stopping) return;
  stopping = true;
  const finish = () => {
    rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
    process.exit(0);
  };
  if (server === undefined || server.exitCode !== null) return finish();
  server.once("exit", finish);
  // Immediate shutdown: nobody will read this cluster again.
  server.kill("SIGQUIT");
  setTimeout(() => server.kill("SIGKILL"), 5000).unref();
}
