import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import manifest from "./package.json" with { type: "json" };
import lock from "./package-lock.json" with { type: "json" };
import sha256 from "./sha256.json" with { type: "json" };

const name = `node-${process.platform}-${process.arch}`;
const pinned = (manifest.optionalDependencies as Record<string, string>)[name];
/** Makes the tests' Node.js claim to be a version without security fixes. */
const old = `--import=data:text/javascript,Object.defineProperty(process,"versions",{value:{...process.versions,node:"20.19.0"}})`;

describe("what is pinned", () => {
  test.each(Object.entries(manifest.optionalDependencies))(
    "%s %s has an integrity and a SHA-256",
    (each, version) => {
      const { resolved, ...locked } =
        (lock.packages as Record<string, Record<string, unknown>>)[`node_modules/${each}`] ?? {};
      expect(locked).toMatchObject({ version, integrity: expect.stringMatching(/^sha512-/), optional: true });
      expect(locked).not.toHaveProperty("hasInstallScript");
      expect(resolved).toBeUndefined();
      expect(version).toMatch(/^24\./);
      expect((sha256 as Record<string, string>)[each]).toMatch(/^[0-9a-f]{64}$/);
    },
  );
});

// A stand-in package runs the tests' Node.js, so that nothing is fetched.
describe.skipIf(!pinned)("a program started by an unsupported Node.js", { timeout: 60_000 }, () => {
  let root = "";
  let started: ChildProcess[] = [];
  const standIn = `#!/bin/sh\nPINNED=yes exec "${process.execPath}" "$@"\n`;
  const place = () => join(root, "node_modules/.runtime", `${name}-${pinned}`, "node");

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "latchkey-runtime-"));
    cpSync(import.meta.dirname, join(root, "scripts/runtime"), { recursive: true });
    const pin = createHash("sha256").update(standIn).digest("hex");
    writeFileSync(join(root, "scripts/runtime/sha256.json"), JSON.stringify({ [name]: pin }));
    put(place(), standIn);
    npm("exit 1");
  });

  afterEach(() => {
    for (const child of started) child.kill("SIGKILL");
    started = [];
    rmSync(root, { recursive: true, force: true });
  });

  function put(path: string, content: string): void {
    mkdirSync(join(path, ".."), { recursive: true });
    writeFileSync(path, content);
    chmodSync(path, 0o755);
  }

  /** What npm does when asked for the package; $4 is the folder. */
  function npm(script: string): void {
    put(join(root, "bin/npm"), `#!/bin/sh\n${script}\n`);
  }

  function npmBrings(content: string): void {
    writeFileSync(join(root, "brought"), content, { mode: 0o755 });
    const bin = `"$4/node_modules/${name}/bin"`;
    npm(`mkdir -p ${bin} && cp "${root}/brought" ${bin}/node`);
  }

  function start(program: string, environment: Record<string, string> = {}, options = "") {
    const file = join(root, "scripts/program.mjs");
    const first = `import { ensureSupportedNode } from "./runtime/ensure-supported-node.mjs";\nawait ensureSupportedNode(${options});\n`;
    writeFileSync(file, `${first}${program}`);
    const { LATCHKEY_NODE: _, ...env } = process.env;
    const child = spawn(process.execPath, [old, file, "one", "two"], {
      env: { ...env, PATH: `${root}/bin:${process.env.PATH}`, ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
    started.push(child);
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (output += text));
    const ended = new Promise<{ code: number | null; signal: string | null; output: string }>((resolve) =>
      child.once("close", (code, signal) => resolve({ code, signal, output })),
    );
    return { child, ended, output: () => output };
  }

  const tell = `console.log(process.env.PINNED ?? "given", typeof process.send, ...process.argv.slice(2));`;

  test("runs under the pinned one, with its arguments and exit code, and sees no channel", async () => {
    const { code, output } = await start(`${tell} process.exitCode = 7;`).ended;
    expect({ code, output }).toEqual({ code: 7, output: "yes undefined one two\n" });
  });

  test.each(["SIGTERM", "SIGINT", "SIGHUP"] as const)("gets %s and handles it itself", async (signal) => {
    const run = start(
      `process.on("${signal}", () => process.exit(9)); setInterval(() => 0, 1000); console.log("up");`,
    );
    await expect.poll(run.output).toBe("up\n");
    run.child.kill(signal);
    expect((await run.ended).code).toBe(9);
  });

  test("ends by the signal that ended the pinned one", async () => {
    const run = start(`process.kill(process.pid, "SIGTERM"); setInterval(() => 0, 1000);`);
    expect(await run.ended).toMatchObject({ code: null, signal: "SIGTERM" });
  });

  test("is stopped when the process that started it is killed", async () => {
    const stop = `process.on("SIGTERM", () => { console.log("stopped"); process.exit(); });`;
    const run = start(`${stop} setInterval(() => 0, 1000); console.log("up");`);
    await expect.poll(run.output).toBe("up\n");
    run.child.kill("SIGKILL");
    // The output closes once both have ended.
    expect(await run.ended).toEqual({ code: null, signal: "SIGKILL", output: "up\nstopped\n" });
  });

  test("runs directly with LATCHKEY_NODE=system, and says that it gets no security fixes", async () => {
    const { code, output } = await start(tell, { LATCHKEY_NODE: "system" }).ended;
    expect(code).toBe(0);
    expect(output).toMatch(
      /^Running on Node\.js 20\.19\.0, which gets no security fixes any more: LATCHKEY_NODE=system/,
    );
    expect(output).toContain("given undefined one two\n");
  });

  test("stops with LATCHKEY_NODE=system when it does not run below 22", async () => {
    const run = start(tell, { LATCHKEY_NODE: "system" }, "{ isRequired: true }");
    expect(await run.ended).toMatchObject({
      code: 1,
      output: "This command needs Node.js 22 or later, and this is 20.19.0: LATCHKEY_NODE=system.\n",
    });
  });

  test("stops at any other LATCHKEY_NODE", async () => {
    expect((await start(tell, { LATCHKEY_NODE: "24" }).ended).code).toBe(1);
  });

  test("does not run a tampered binary, and continues without it when offline", async () => {
    put(place(), `#!/bin/sh\necho tampered\n`);
    const { code, output } = await start(tell).ended;
    expect(code).toBe(0);
    expect(output).toContain(`which gets no security fixes any more: npm could not fetch ${name} ${pinned}`);
    expect(output).toContain("given undefined one two\n");
    expect(output).not.toContain("tampered");
  });

  test("replaces a binary that is incomplete", async () => {
    put(place(), standIn.slice(0, 10));
    npmBrings(standIn);
    expect((await start(tell).ended).output).toContain("yes undefined one two\n");
    expect(readFileSync(place(), "utf8")).toBe(standIn);
  });

  test("stops if the fetched binary does not match the pin", async () => {
    rmSync(place());
    npmBrings("#!/bin/sh\necho tampered\n");
    const { code, output } = await start(tell).ended;
    expect(code).toBe(1);
    expect(output).toContain("does not have the pinned SHA-256");
    expect(output).not.toMatch(/tampered\n|given/);
    expect(existsSync(place())).toBe(false);
  });

  test("may be started twice at once while nothing is installed, and leaves nothing behind", async () => {
    rmSync(place());
    npmBrings(standIn);
    const both = await Promise.all([start(tell).ended, start(tell).ended]);
    for (const { output } of both) expect(output).toContain("yes undefined one two\n");
    expect(readdirSync(join(root, "node_modules/.runtime"))).toEqual([`${name}-${pinned}`]);
  });
});
