import { execFileSync } from "node:child_process";

/** Is apt-get available, and does this process run as root? */
export function canAptInstall(): boolean {
  if (process.getuid?.() !== 0) return false;
  try {
    execFileSync("apt-get", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** Installs packages with apt-get, without questions. Ignores failures: the caller checks for what it needs. */
export function aptInstall(packages: string[]): void {
  const environment = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  for (const args of [
    ["update", "--quiet"],
    ["install", "--quiet", "--yes", "--no-install-recommends", ...packages],
  ]) {
    try {
      execFileSync("apt-get", args, { env: environment, stdio: "ignore", timeout: 10 * 60_000 });
    } catch {
      // An unreachable mirror must not prevent installing a package from the cache.
    }
  }
}
