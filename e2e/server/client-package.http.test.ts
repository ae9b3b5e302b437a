import type { ChildProcess } from "node:child_process";
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { transform } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";
import { database } from "@/lib/db/client";
import { createTestKey, endTestKey } from "../support/data/test-key";
import { createTestOrganization } from "../support/data/test-organization";
import type { Installation } from "../support/database/installation";
import { createInstallation, temporaryDirectory } from "../support/database/installation";
import type { ServerProcess } from "../support/processes/server-process";
import { startServer } from "../support/processes/server-process";

// Installs the output of `npm run client:pack` in an unrelated folder, and runs the documented example there.

const run = promisify(execFile);
const customer = { subject: "cus_1", metadata: '{"plan":"pro"}' };
const example = "docs/examples/reports-service.ts";
let installation: Installation;
let server: ServerProcess;
let folder: string;
let keys: Record<"caller" | "good" | "nobodys" | "weak" | "revoked", string>;
let service: ChildProcess;

beforeAll(async () => {
  installation = await createInstallation();
  keys = await installation.withDatabase(async () => {
    const organization = await createTestOrganization("Packed");
    const { id: organizationId } = organization;
    const about = { title: "Reads reports", description: "", publishable: false };
    await database().role.create({
      data: { organizationId, roleId: "reporter", permissions: ["reports:read"], ...about },
    });
    const revoked = await createTestKey(organization);
    await endTestKey(revoked, { revokedAt: new Date() });
    return {
      caller: (await createTestKey(organization, { roles: ["key_verifier"] })).token,
      good: (await createTestKey(organization, { roles: ["reporter"], ...customer })).token,
      nobodys: (await createTestKey(organization, { roles: ["reporter"] })).token,
      weak: (await createTestKey(organization)).token,
      revoked: revoked.token,
    };
  });
  server = await startServer(installation.variables);
  folder = temporaryDirectory("client");
  const { stdout } = await run(process.execPath, ["scripts/client-pack.mjs"]);
  const packed = stdout.trim().split("\n").at(-1) ?? "";
  writeFileSync(join(folder, "package.json"), '{ "name": "reports", "private": true, "type": "module" }');
  await run("npm", ["install", "--offline", "--no-audit", "--no-fund", join(process.cwd(), packed)], {
    cwd: folder,
    shell: process.platform === "win32",
  });
});
afterAll(async () => {
  service?.kill("SIGTERM");
  await server?.kill();
  await installation.remove();
  rmSync(folder, { recursive: true, force: true });
});

test("[L10] the package has no dependencies, and does not reveal where it was built", () => {
  const installed = join(folder, "node_modules");
  expect(readdirSync(installed).filter((name) => !name.startsWith("."))).toEqual(["@latchkey"]);
  const root = join(installed, "@latchkey/client");
  const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  expect(manifest).not.toHaveProperty("dependencies");
  const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((file) =>
    /\.(js|ts)$/.test(file),
  );
  expect(files.length).toBeGreaterThan(10);
  for (const file of files) {
    const text = readFileSync(join(root, file), "utf8");
    const imported = [...text.matchAll(/(?:from |import\(?)"([^"]+)"/g)].map(([, name]) => name ?? "");
    for (const name of imported) expect(`${file} imports ${name}`).toMatch(/ imports (\.{1,2}\/|node:)/);
    expect(text).not.toContain(process.cwd());
  }
});

test("[L10] a service compiles strictly against its types, and a mistake is reported", async () => {
  writeFileSync(join(folder, "service.ts"), readFileSync(example, "utf8"));
  writeFileSync(
    join(folder, "mistake.ts"),
    'import { createLatchkey } from "@latchkey/client";\n' +
      'const verdict = await createLatchkey({ url: "https://x", key: "y" }).verify("z");\n' +
      "export const id: string = verdict.key_id;\n",
  );
  symlinkSync(join(process.cwd(), "node_modules/@types"), join(folder, "node_modules/@types"));
  const compile = (file: string) =>
    run(
      process.execPath,
      [
        ...[join(process.cwd(), "node_modules/@typescript/native/bin/tsc"), "--noEmit", "--strict"],
        ...["--module", "nodenext", "--target", "es2023", "--types", "node", file],
      ],
      { cwd: folder },
    );
  await compile("service.ts");
  await expect(compile("mistake.ts")).rejects.toMatchObject({ stdout: expect.stringContaining("TS2339") });
});

test("[L10] the example lets in only valid keys", async () => {
  const { code } = await transform(readFileSync(example, "utf8"), { loader: "ts", format: "esm" });
  writeFileSync(join(folder, "service.mjs"), code);
  const { PATH } = process.env;
  service = spawn(process.execPath, ["service.mjs"], {
    cwd: folder,
    env: { PATH, NODE_ENV: "production", PORT: "0", LATCHKEY_URL: server.url, LATCHKEY_KEY: keys.caller },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = await once(service.stdout ?? service, "data");
  const url = `http://127.0.0.1:${/listening on (\d+)/.exec(String(line))?.[1]}`;
  const ask = async (headers: Record<string, string>) => {
    const response = await fetch(url, { headers });
    return { status: response.status, json: await response.json() };
  };
  expect(await ask({ "X-API-Key": keys.good })).toEqual({
    status: 200,
    json: { reports: [], customer: "cus_1", plan: "pro" },
  });
  expect(await ask({ "X-API-Key": keys.nobodys })).toMatchObject({ status: 403 });
  expect(await ask({ Authorization: `Bearer ${keys.weak}` })).toMatchObject({ status: 403 });
  expect(await ask({ "X-API-Key": keys.revoked })).toMatchObject({
    status: 401,
    json: { code: "key_revoked" },
  });
  expect(await ask({})).toMatchObject({ status: 401, json: { code: "key_missing" } });
  await server.kill();
  expect(await ask({ "X-API-Key": keys.good })).toMatchObject({ status: 503 });
  const ended = once(service, "exit");
  service.kill("SIGTERM");
  expect(await ended).toEqual([0, null]);
});
