import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, readdirSync, statSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { request } from "node:http";
import { connect } from "node:net";
import { json } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { database } from "@/lib/db/client";
import { signIn } from "@/lib/services/sessions/sign-in";
import { createPeople } from "../support/browser/people";
import type { Installation } from "../support/database/installation";
import { asAdministrator, createInstallation, testDatabaseKind } from "../support/database/installation";
import type { ServerProcess } from "../support/processes/server-process";
import { spawnServer, startServer } from "../support/processes/server-process";

let installation: Installation;
const servers: ServerProcess[] = [];

async function start(variables: Record<string, string> = {}): Promise<ServerProcess> {
  const server = await startServer({ ...installation.variables, ...variables });
  servers.push(server);
  return server;
}

beforeEach(async () => {
  installation = await createInstallation();
});
afterEach(async () => {
  for (const server of servers.splice(0)) await server.kill();
  await installation.remove();
});

describe("a start", () => {
  test("prints the one-time URL until setup is done", async () => {
    const first = await start();
    expect(first.setupUrl()).toMatch(new RegExp(`^${first.url}/setup\\?token=\\S{40,}$`));
    await first.stop();
    await installation.withDatabase(createPeople);
    const second = await start();
    expect(second.output()).toContain(`Latchkey is ready at ${second.url}`);
    expect(second.output()).not.toContain("setup");
  });

  test("names every wrong variable in its own line, and is refused", async () => {
    const { ended, output } = await spawnServer({
      ...installation.variables,
      HOST: "no host",
      APP_URL: "ftp://example.com",
      TRUSTED_PROXIES: "everyone",
      BOOTSTRAP_OWNER_EMAIL: "ana",
      AUTH_SECRET: "short",
    });
    expect(await ended).toBe(1);
    const lines = output().trim().split("\n");
    for (const name of ["HOST", "APP_URL", "TRUSTED_PROXIES", "AUTH_SECRET"]) {
      expect(lines.filter((line) => line.startsWith(`${name}:`))).toHaveLength(1);
    }
    expect(lines.some((line) => line.startsWith("BOOTSTRAP_OWNER_"))).toBe(true);
    // A wrong secret is named, not shown.
    expect(output()).not.toContain("short");
  });

  test("creates the owner from the environment", async () => {
    const owner = {
      BOOTSTRAP_OWNER_EMAIL: "ana@example.com",
      BOOTSTRAP_OWNER_PASSWORD: " correct horse battery ",
      BOOTSTRAP_ORGANIZATION: "Acme",
    };
    // A weak password is refused as everywhere, with a line that gives the reason but not the password.
    const weak = { ...owner, BOOTSTRAP_OWNER_PASSWORD: "password1234" };
    const refused = await spawnServer({ ...installation.variables, ...weak });
    expect(await refused.ended).toBe(1);
    expect(refused.output()).toMatch(/^BOOTSTRAP_OWNER_PASSWORD: Password is too common\./m);
    expect(refused.output()).not.toContain(weak.BOOTSTRAP_OWNER_PASSWORD);
    const server = await start(owner);
    expect(server.output()).not.toContain("setup");
    expect(server.output()).not.toContain(owner.BOOTSTRAP_OWNER_PASSWORD);
    expect((await fetch(`${server.url}/setup`)).status).toBeLessThan(500);
    await server.stop();
    // The variables only count while there is no user.
    const again = await start({ ...owner, BOOTSTRAP_OWNER_EMAIL: "eve@example.com" });
    await again.stop();
    await installation.withDatabase(async () => {
      const emails = await database().user.findMany({ select: { email: true } });
      expect(emails).toEqual([{ email: "ana@example.com" }]);
      const typed = { email: "ana@example.com", password: owner.BOOTSTRAP_OWNER_PASSWORD };
      const origin = { at: new Date(), address: null, userAgent: null, requestId: null };
      expect(await signIn(typed, origin)).toMatchObject({ ok: true });
      expect(await signIn({ ...typed, password: typed.password.trim() }, origin)).toMatchObject({
        ok: false,
      });
    });
  });

  test("on a port that is taken says so and stops", async () => {
    const server = await start();
    const other = await createInstallation();
    const { ended, output } = await spawnServer(other.variables, Number(new URL(server.url).port));
    expect(await ended).toBe(1);
    expect(output()).toMatch(/did not start.*EADDRINUSE|address already in use/is);
    await other.remove();
  });
});

describe("a stop", () => {
  test("by SIGTERM lets a request in flight finish, refuses new ones, and exits with 0", async () => {
    const server = await start();
    const { port } = new URL(server.url);
    const headers = { "content-type": "application/json", expect: "100-continue" };
    const to = { port, host: "127.0.0.1", method: "POST", path: "/v1/keys/verify", headers };
    const sending = request(to);
    const answer = once(sending, "response");
    sending.write('{"key":');
    // The server has confirmed the headers. The rest of the body follows after the signal.
    await once(sending, "continue");
    // Browsers open such spare connections. The server must close them at once, without cutting off the request in
    // flight.
    const unused = connect(Number(port), "127.0.0.1");
    await once(unused, "connect");
    const stopped = server.stop();
    await once(unused, "close");
    const asked = () => fetch(`${server.url}/healthz`).then(({ status }) => status, String);
    await expect.poll(asked).toContain("TypeError");
    sending.end('"lk_sk_x"}');
    const [response] = (await answer) as [IncomingMessage];
    expect(response.statusCode).toBe(401);
    expect(await json(response)).toMatchObject({ code: "key_missing" });
    expect(await stopped).toBe(0);
  });

  test("by SIGTERM without requests does not wait for idle connections", async () => {
    const server = await start();
    const answer = await fetch(`${server.url}/healthz`, { headers: { connection: "keep-alive" } });
    await answer.text();
    // The connection stays open as long as the client wants; waiting for it would exceed the test's timeout.
    expect(await server.stop()).toBe(0);
  });
});

const kind = testDatabaseKind();

describe.runIf(kind === "embedded")("a data directory", () => {
  test("is for one server: a second one stops at once and says why, and the first goes on", async () => {
    const before = performance.now();
    const first = await start();
    const begun = performance.now();
    const { ended, output } = await spawnServer(installation.variables);
    expect(await ended).toBe(1);
    // Waiting for the lock would take much longer than a whole start on this machine.
    expect(performance.now() - begun).toBeLessThan(5000 + 3 * (begun - before));
    expect(output()).toContain("in use by another Latchkey");
    expect(output()).toContain(String(first.pid));
    expect((await fetch(`${first.url}/readyz`)).status).toBe(200);
  });

  test("is free again after a SIGKILL", async () => {
    const first = await start();
    await first.kill();
    const second = await start();
    expect((await fetch(`${second.url}/readyz`)).status).toBe(200);
  });

  test("whose database thread dies ends its server, which says so, and can be used again", async () => {
    const endThreads = new URL("../support/processes/end-threads-preload.mjs", import.meta.url).href;
    const NODE_OPTIONS = `--import ${endThreads}`;
    const { child, ended, output, url } = await spawnServer({ ...installation.variables, NODE_OPTIONS });
    await expect.poll(async () => (await fetch(`${url}/readyz`).catch(() => null))?.status).toBe(200);
    child.kill("SIGUSR2");
    expect(await ended).toBe(1);
    expect(output()).toContain("The embedded database stopped");
    const second = await start();
    expect((await fetch(`${second.url}/readyz`)).status).toBe(200);
  });

  test("keeps its two secrets unreadable for others", async () => {
    const { DATA_DIR = "" } = installation.variables;
    await start({ AUTH_SECRET: "", KEY_PEPPER: "" });
    for (const file of ["auth-secret", "key-pepper"]) {
      expect(statSync(`${DATA_DIR}/${file}`).mode & 0o777).toBe(0o600);
    }
  });
});

describe.runIf(kind === "postgres")("on PostgreSQL", () => {
  test("two servers share one database", async () => {
    const first = await start();
    const second = await start();
    for (const { url } of [first, second]) expect((await fetch(`${url}/readyz`)).status).toBe(200);
  });

  test("a server survives the loss of all its connections", async () => {
    const server = await start();
    const name = new URL(installation.variables.DATABASE_URL ?? "").pathname.slice(1);
    const isReady = async () => (await fetch(`${server.url}/readyz`)).status;
    for (let time = 0; time < 3; time++) {
      await expect.poll(isReady).toBe(200);
      // Waits until the connections are closed, because a query on a closing connection may be lost.
      await asAdministrator(
        `SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = '${name}'`,
      );
    }
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
    await expect.poll(isReady).toBe(200);
    expect(server.output()).not.toMatch(/uncaught/i);
  });

  test("a start without AUTH_SECRET and KEY_PEPPER is refused, with instructions to create them", async () => {
    const { DATABASE_URL = "", DATA_DIR = "" } = installation.variables;
    const { ended, output } = await spawnServer({ DATABASE_URL, DATA_DIR });
    expect(await ended).toBe(1);
    expect(output()).toMatch(/^AUTH_SECRET: must be set.*$/m);
    expect(output()).toMatch(/^KEY_PEPPER: must be set.*$/m);
  });
});

test("npm start's script serves the built product, restricts its data, and forwards SIGTERM", async () => {
  const { url } = await spawnServerPort();
  const { DATA_DIR = "" } = installation.variables;
  const inside = () => readdirSync(DATA_DIR, { recursive: true }).map((path) => `${DATA_DIR}/${path}`);
  const open = () => [DATA_DIR, ...inside()].filter((path) => (statSync(path).mode & 0o077) !== 0);
  // As systemd creates the directory, with files from before it was restricted.
  chmodSync(DATA_DIR, 0o755);
  for (const path of inside()) if (statSync(path).isFile()) chmodSync(path, 0o666);
  const command = `umask 000 && exec "${process.execPath}" scripts/run.mjs start`;
  const child = spawn(process.platform === "win32" ? "node scripts/run.mjs start" : command, {
    shell: true,
    env: { ...process.env, ...installation.variables, PORT: new URL(url).port },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  let output = "";
  await new Promise<void>((resolve) => {
    child.stdout.on("data", (chunk) => {
      output += String(chunk);
      if (output.includes("Latchkey is ready")) resolve();
    });
  });
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
  child.kill("SIGTERM");
  expect(await ended).toBe(0);
  if (kind === "embedded" && process.platform !== "win32") expect(open()).toEqual([]);
});

/** A port that was free a moment ago. */
async function spawnServerPort(): Promise<{ url: string }> {
  const server = await startServer(installation.variables);
  await server.stop();
  return { url: server.url };
}
