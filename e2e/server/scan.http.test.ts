import { spawn } from "node:child_process";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildToken, randomKeyId } from "@/lib/token/format";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "scan-"));
});
afterAll(() => rm(folder, { recursive: true }));

/** Runs the program behind `npm run scan` in the folder, once everything is built. */
async function scan(paths: readonly string[], input = "") {
  const child = spawn(process.execPath, ["dist/scripts/scan.mjs", ...paths], {
    env: { PATH: process.env.PATH, NODE_ENV: "production", INIT_CWD: folder },
  });
  child.stdin.end(input);
  const [out, errors, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise((resolve) => child.once("close", resolve)),
  ]);
  return { out, errors, code };
}

const [first, second] = [randomKeyId(), randomKeyId()];
const secret = buildToken("secret", first);

test("[L6] secrets in files are reported by place and key id, and never printed", async () => {
  await mkdir(join(folder, "app/.git"), { recursive: true });
  await mkdir(join(folder, "app/node_modules"));
  await writeFile(join(folder, "app/config.env"), `# keys\nKEY="${secret}"\n`);
  const wide = Buffer.from(`\ufeffset KEY=${buildToken("secret", second, "acme")}\r\n`, "utf16le");
  await writeFile(join(folder, "app/windows.cmd"), wide);
  await writeFile(join(folder, "app/page.html"), buildToken("public", first));
  await writeFile(join(folder, "app/.git/packed"), secret);
  await writeFile(join(folder, "app/node_modules/index.js"), secret);
  await writeFile(join(folder, "app/zz\n::error::\u001b[1m"), secret);
  await symlink(folder, join(folder, "app/round"));
  const { out, errors, code } = await scan(["app"]);
  expect(out.trim().split("\n")).toEqual([
    `app/config.env:2:6: secret key key_${first}`,
    `app/page.html:1:1: public key key_${first}`,
    `app/windows.cmd:1:11: secret key key_${second}`,
    `app/zz?::error::?[1m:1:1: secret key key_${first}`,
  ]);
  expect([code, errors]).toEqual([1, "3 secrets and 1 public key in 4 files\n"]);
  expect(out + errors).not.toContain(secret.slice(22));
  expect((await scan(["app/node_modules"])).code, "a folder that is named").toBe(1);
});

test("[L6] standard input is searched, however large", async () => {
  const filler = `${"x".repeat(99)}\n`.repeat(30_000);
  const { out, code } = await scan(["-"], `${filler}${secret}\n${filler}`);
  expect([code, out]).toEqual([1, `standard input:30001:1: secret key key_${first}\n`]);
  expect(await scan([], filler)).toMatchObject({ code: 0, out: "" });
});

test("[L6] a public key is not a leak, and unreadable files are reported", async () => {
  expect((await scan(["app/page.html"])).code).toBe(0);
  const { code, errors } = await scan(["app/page.html", "missing"]);
  expect(code).toBe(2);
  expect(errors).toMatch(/^missing: cannot be read: ENOENT/);
  expect(errors).toContain("in 1 file; 1 could not be read");
  expect(await scan(["--help"])).toMatchObject({
    code: 2,
    errors: "Say what to search: npm run scan -- PATH... (or - for standard input)\n",
  });
});
