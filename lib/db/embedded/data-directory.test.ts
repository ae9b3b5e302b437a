import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { DataDirectoryInUse, lockDataDirectory } from "./data-directory";

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "latchkey-lock-"));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

/** Another process that takes the lock and keeps it. */
async function holder() {
  const script = `
    import { openSync } from "node:fs";
    import { tryLock } from "fs-native-extensions";
    const file = openSync(${JSON.stringify(join(directory, "lock"))}, "a+");
    process.stdout.write(tryLock(file) ? "locked" : "refused");
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [said] = await once(child.stdout, "data");
  return { child, said: String(said) };
}

test("a directory that another process holds is refused with a message that says so", async () => {
  const { child, said } = await holder();
  expect(said).toBe("locked");
  expect(() => lockDataDirectory(directory)).toThrow(DataDirectoryInUse);
  expect(() => lockDataDirectory(directory)).toThrow(/is in use by another Latchkey/);
  child.kill("SIGKILL");
  await once(child, "exit");
});

test("a lock left by a killed process does not count", async () => {
  const { child } = await holder();
  child.kill("SIGKILL");
  await once(child, "exit");
  lockDataDirectory(directory)();
});

test("while this process holds the lock another is refused; after the release it is not", async () => {
  const unlock = lockDataDirectory(directory);
  const refused = await holder();
  expect(refused.said).toBe("refused");
  refused.child.kill("SIGKILL");
  unlock();
  const granted = await holder();
  expect(granted.said).toBe("locked");
  granted.child.kill("SIGKILL");
  await Promise.all([once(granted.child, "exit")]);
});
