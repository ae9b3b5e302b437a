import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import type { Server } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { build } from "esbuild";
import { expect, onTestFinished, test } from "vitest";
import { temporaryDirectory } from "@/e2e/support/database/installation";
import { keyStreamVersion } from "@/lib/core/keys/wire/key-wire";
import { buildToken, randomKeyId } from "@/lib/token/format";
import { createLatchkey } from "./create-latchkey";
import { lineReader } from "./line-reader";

const key = buildToken("secret", randomKeyId());

/** A Latchkey without keys that grants leases. It does not listen yet. */
function emptyLatchkey(): Server {
  const server = createServer((request, response) => {
    const write = (line: unknown) => response.write(`${JSON.stringify(line)}\n`);
    response.writeHead(200, { "Content-Type": "application/x-ndjson" });
    write({ hello: keyStreamVersion, organizationId: "o", currentPepper: 1, peppers: [] });
    write({ loaded: true });
    const read = lineReader((line) => {
      const { renew, ended } = JSON.parse(line);
      if (renew !== undefined) write({ lease: renew, ms: 2000, now: Date.now() });
      if (ended) response.end();
    });
    request.setEncoding("utf8").on("data", read);
    request.on("error", () => undefined);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return server;
}

async function listen(server: Server, port = 0): Promise<number> {
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

/** A port where nothing listens. */
async function deadPort(): Promise<number> {
  const server = createServer();
  const port = await listen(server);
  server.close();
  await once(server, "close");
  return port;
}

function connect(port: number) {
  const latchkey = createLatchkey({ url: `http://127.0.0.1:${port}`, key, mode: "local" });
  onTestFinished(() => latchkey.close());
  return latchkey;
}

/** Starts a program with just this code, so that no timer or server keeps it alive. */
async function startProgram(port: number, then: string) {
  const folder = temporaryDirectory("ready");
  const outfile = join(folder, "client.mjs");
  await build({
    entryPoints: ["lib/client/main.ts"],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
  });
  const options = JSON.stringify({ url: `http://127.0.0.1:${port}`, key, mode: "local" });
  const program = [
    'import { createLatchkey } from "./client.mjs";',
    `const latchkey = createLatchkey(${options});`,
    'process.stdout.write("waiting\\n");',
    then,
  ].join("\n");
  writeFileSync(join(folder, "program.mjs"), program);
  const child = spawn(process.execPath, ["program.mjs"], {
    cwd: folder,
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const exited = once(child, "exit");
  const printed = text(child.stdout);
  return {
    started: once(child.stdout, "data"),
    ended: async () => ({ exit: (await exited)[0], printed: await printed }),
  };
}

test("a program that only waits lives until Latchkey is there", async () => {
  const port = await deadPort();
  const then = 'await latchkey.ready(); console.log("ready", latchkey.isLocal()); await latchkey.close();';
  const program = await startProgram(port, then);
  await program.started;
  // Wait longer than the first attempts to connect.
  await new Promise((resolve) => setTimeout(resolve, 700));
  await listen(emptyLatchkey(), port);
  expect(await program.ended()).toEqual({ exit: 0, printed: "waiting\nready true\n" });
}, 60_000);

test("with a time limit the program gets an error, goes on, and ends", async () => {
  const then =
    "await latchkey.ready({ timeoutMs: 300 }).catch((error) => console.log(error.name, error.code, error.cause?.code));";
  const program = await startProgram(await deadPort(), then);
  expect(await program.ended()).toEqual({
    exit: 0,
    printed: "waiting\nLatchkeyError unavailable ECONNREFUSED\n",
  });
}, 60_000);

test("after a time limit the client still connects, and other waiters go on waiting", async () => {
  const port = await deadPort();
  const latchkey = connect(port);
  const patient = latchkey.ready();
  await expect(latchkey.ready({ timeoutMs: 50 })).rejects.toMatchObject({
    code: "unavailable",
    message: "Latchkey did not send the keys within 50 ms. Verifications go over HTTP until it does.",
  });
  for (const timeoutMs of [0, -1, Number.NaN]) {
    await expect(latchkey.ready({ timeoutMs })).rejects.toMatchObject({ code: "unavailable" });
  }
  await listen(emptyLatchkey(), port);
  await patient;
  expect(latchkey.isLocal()).toBe(true);
  // The client is connected, so this resolves at once.
  await latchkey.ready({ timeoutMs: 0 });
});

test("close ends the wait, and later waits fail at once", async () => {
  const latchkey = connect(await deadPort());
  const waiting = latchkey.ready({ timeoutMs: 2 ** 40 });
  const refused = expect(waiting).rejects.toMatchObject({ code: "closed" });
  await latchkey.close();
  await refused;
  await expect(latchkey.ready()).rejects.toMatchObject({ code: "closed" });
});
