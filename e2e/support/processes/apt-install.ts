import { execFileSync } from "node:child_process";

/** apt-get is there, and this is root, who may use it without a password. */
export function canAptInstall(): boolean {
  if (process.getuid?.() !== 0) return false;
  try {
    execFileSync("apt-get", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** Installs packages by apt-get, without questions. Gives up quietly: the caller looks for what it needs. */
export function aptInstall(packages: string[]): void {
  const environment = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  for (const args of [
    ["update", "--quiet"],
    ["install", "--quiet", "--yes", "--no-install-recommends", ...packages],
  ]) {
    try {
      execFileSync("apt-get", args, { env: environment, stdio: "ignore", timeout: 10 * 60_000 });
    } catch {
      // An unreachable mirror must not keep a package that is in the cache from being installed.
    }
  }
}
