import type { ChildProcess } from "node:child_process";
import { execFile, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { quickstartSamples } from "@/components/docs/quickstart/quickstart-samples";
import { createTestKey } from "../support/data/test-key";
import { createTestOrganization } from "../support/data/test-organization";
import { freePort } from "../support/processes/free-port";
import { provideServer } from "../support/processes/provide-server";

// Runs the code of the quickstart at /docs as a reader would paste it.

const run = promisify(execFile);
let LATCHKEY_KEY = "";
let folder = "";
const services: ChildProcess[] = [];
const server = provideServer(async () => {
  const organization = await createTestOrganization("Quickstart");
  const key = await createTestKey(organization, { accessLevel: "ADMIN", roles: ["key_verifier"] });
  LATCHKEY_KEY = key.token;
});

beforeAll(() => {
  // Inside the project, where the examples' frameworks are installed.
  mkdirSync("dist", { recursive: true });
  folder = mkdtempSync(join("dist", "quickstart-"));
});
afterAll(() => {
  for (const service of services) service.kill();
  rmSync(folder, { recursive: true, force: true });
});

const shell = async (script: string) =>
  (await run("sh", ["-c", script], { env: { ...process.env, LATCHKEY_KEY } })).stdout;

/** Bundles a sample with the client library of this project. */
async function bundle(name: string, code: string): Promise<string> {
  const [source, outfile] = [join(folder, `${name}.ts`), join(folder, `${name}.mjs`)];
  writeFileSync(source, code);
  const alias = {
    "@latchkey/client/node": "./lib/client/frameworks/node.ts",
    "@latchkey/client/fastify": "./lib/client/frameworks/fastify.ts",
    "@latchkey/client/hono": "./lib/client/frameworks/hono.ts",
    "@latchkey/client/next": "./lib/client/frameworks/next.ts",
    "@latchkey/client": "./lib/client/main.ts",
  };
  const external = ["express", "fastify", "hono", "@hono/node-server"];
  await build({
    ...{ entryPoints: [source], outfile, alias, external, bundle: true, platform: "node", format: "esm" },
    logLevel: "silent",
  });
  return outfile;
}

test("[B9] the quickstart's curl calls answer as documented", async () => {
  const samples = quickstartSamples(server.url);
  expect(JSON.parse(await shell(samples.me))).toMatchObject({ permissions: ["keys:verify"] });
  expect(JSON.parse(await shell(samples.verify))).toMatchObject({ valid: true, code: "VALID" });
});

test("[B9] the quickstart's program in Node.js verifies the key", async () => {
  const file = await bundle("verify", quickstartSamples(server.url).node);
  const { stdout } = await run(process.execPath, [file], { env: { ...process.env, LATCHKEY_KEY } });
  expect(stdout).toMatch(/^valid: /);
});

describe("[B9] the quickstart's middleware lets only callers with a key in", () => {
  test.each(["Express", "Fastify", "Hono"] as const)("by %s", async (framework) => {
    const { middlewares, callReports } = quickstartSamples(server.url);
    const file = await bundle(framework, middlewares[framework]);
    const port = await freePort();
    const env = { ...process.env, LATCHKEY_KEY, PORT: String(port) };
    const service = spawn(process.execPath, [file], { env, stdio: "inherit" });
    services.push(service);
    const call = callReports.replace("localhost:4000", `localhost:${port}`);
    await expect.poll(() => shell(call).catch(() => ""), { timeout: 60_000 }).toContain("HTTP/1.1 200");
    expect(await shell(call)).toContain('{"customer":null}');
    expect(await shell(call.replace("$LATCHKEY_KEY", "lk_sk_wrong"))).toContain("HTTP/1.1 401");
  });

  test("by Next.js", async () => {
    const file = await bundle("next", quickstartSamples(server.url).middlewares["Next.js"]);
    writeFileSync(
      join(folder, "call.mjs"),
      `${readFileSync(file, "utf8")}
for (const key of [process.env.LATCHKEY_KEY, "lk_sk_wrong"]) {
  const request = new Request("http://localhost/reports", { headers: { Authorization: \`Bearer \${key}\` } });
  console.log((await GET(request)).status);
}
process.exit(0);
`,
    );
    const { stdout } = await run(process.execPath, [join(folder, "call.mjs")], {
      env: { ...process.env, LATCHKEY_KEY },
    });
    expect(stdout.trim().split("\n")).toEqual(["200", "401"]);
  });
});
