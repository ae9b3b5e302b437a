import {
  chmodSync,
  chownSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { parseEnv } from "@/lib/load-env";
import { openEmbedded } from "./embedded";
import { DataDirectoryUnfit, ownDataDirectory } from "./own-data-directory";

let root: string;
let dataDir: string;
const umask = process.umask();
beforeEach(() => {
  process.umask(umask);
  root = mkdtempSync(join(tmpdir(), "latchkey-own-"));
  dataDir = join(root, "data");
});
afterEach(() => {
  process.umask(umask);
  rmSync(root, { recursive: true, force: true });
});

/** Everything in the directory that other users can access. */
function open(): string[] {
  const paths = [
    dataDir,
    ...readdirSync(dataDir, { recursive: true }).map((path) => join(dataDir, String(path))),
  ];
  return paths.filter((path) => (lstatSync(path).mode & 0o077) !== 0 && !lstatSync(path).isSymbolicLink());
}

describe.skipIf(process.platform === "win32")("the data directory is this user's alone", () => {
  test("under umask 0, secrets and database included, whoever created it", { timeout: 120_000 }, async () => {
    // Like a StateDirectory created by systemd.
    mkdirSync(dataDir);
    chmodSync(dataDir, 0o755);
    process.umask(0);
    parseEnv({ DATA_DIR: dataDir });
    const driver = await openEmbedded(dataDir, () => expect.unreachable());
    await driver.withConnection(({ script }) => script("CREATE TABLE later (id int)"));
    await driver.close();
    expect(readdirSync(dataDir).sort()).toEqual(["auth-secret", "key-pepper", "lock", "postgres"]);
    expect(open()).toEqual([]);
  });

  test("even if it was open before, with all of its content, and behind a link", () => {
    mkdirSync(join(root, "disk/base/1"), { recursive: true });
    writeFileSync(join(root, "disk/base/1/1259"), "", { mode: 0o666 });
    mkdirSync(dataDir);
    symlinkSync(join(root, "disk"), join(dataDir, "postgres"));
    for (const file of ["lock", "auth-secret", "key-pepper"]) writeFileSync(join(dataDir, file), "");
    for (const path of ["data/lock", "data/auth-secret", "disk/base/1/1259"])
      chmodSync(join(root, path), 0o666);
    for (const path of ["data", "disk", "disk/base", "disk/base/1"]) chmodSync(join(root, path), 0o777);
    ownDataDirectory(dataDir);
    expect(open()).toEqual([]);
    const modes = ["disk", "disk/base/1", "disk/base/1/1259"].map(
      (path) => lstatSync(join(root, path)).mode & 0o777,
    );
    expect(modes).toEqual([0o700, 0o700, 0o600]);
  });

  test("and foreign files are never changed: an open directory with anything else in it is refused", () => {
    mkdirSync(dataDir);
    chmodSync(dataDir, 0o755);
    writeFileSync(join(dataDir, "program"), "");
    chmodSync(join(dataDir, "program"), 0o755);
    expect(() => ownDataDirectory(dataDir)).toThrow(/holds what is not Latchkey's \(program\)/);
    expect([dataDir, join(dataDir, "program")].map((path) => lstatSync(path).mode & 0o777)).toEqual([
      0o755, 0o755,
    ]);
    // Restricting it is the user's decision.
    chmodSync(dataDir, 0o700);
    ownDataDirectory(dataDir);
    expect(lstatSync(join(dataDir, "program")).mode & 0o777).toBe(0o755);
  });

  test("or the start is refused with one line that names the variable", () => {
    writeFileSync(dataDir, "a file");
    expect(() => parseEnv({ DATA_DIR: dataDir })).toThrow(/^DATA_DIR: .+ cannot be used: [^\n]+$/);
  });

  test.skipIf(process.getuid?.() !== 0)("and neither it nor its content belongs to another user", () => {
    mkdirSync(join(dataDir, "postgres"), { recursive: true });
    chownSync(join(dataDir, "postgres"), 65_534, 65_534);
    expect(() => ownDataDirectory(dataDir)).toThrow(/postgres belongs to another user \(65534/);
    chownSync(dataDir, 65_534, 65_534);
    expect(() => ownDataDirectory(dataDir)).toThrow(DataDirectoryUnfit);
  });
});
