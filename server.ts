import { createServer } from "node:http";
import next from "next";
import { handleFastLane } from "@/lib/api/fast-lane";
import { createApiListener } from "@/lib/api/listener";
import { closeDatabase, database, openDatabase } from "@/lib/db/client";
import type { Env } from "@/lib/env";
import { EnvironmentError, loadEnv } from "@/lib/load-env";
import { log } from "@/lib/log";
import { bootstrapOwner } from "@/lib/services/setup/bootstrap-owner";
import { issueSetupToken } from "@/lib/services/setup/issue-setup-token";
import { markRequest } from "@/lib/verify/mark-request";
import { startUsageRecorder, stopUsageRecorder } from "@/lib/verify/usage-recorder";

const development = process.env.NODE_ENV === "development";
const stopPatienceMs = 10_000;

async function start(): Promise<void> {
  const startedAt = performance.now();
  const env = loadEnv(process.env);
  await openDatabase(env);
  startUsageRecorder();
  const setupAddress = await firstOwner(env);

  const dashboard = next({ dev: development, dir: process.cwd(), hostname: env.host, port: env.port });
  await dashboard.prepare();
  const answerPage = dashboard.getRequestHandler();
  const answerApi = createApiListener();

  // One process, one port: the fast lane, then the API, then Next.
  const server = createServer((request, response) => {
    markRequest(request, response, env.trustedProxies);
    if (handleFastLane(request, response)) return;
    if (isApi(request.url)) void answerApi(request, response);
    else void answerPage(request, response);
  });
  if (development) server.on("upgrade", dashboard.getUpgradeHandler());

  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(env.port, env.host, resolve);
  });
  say(`Latchkey is ready at ${env.appUrl} (${((performance.now() - startedAt) / 1000).toFixed(1)} s)`);
  if (setupAddress !== null) say(`Set up your organization, once, at: ${setupAddress}`);

  const stop = once(async () => {
    holder.latchkeyStopping = true;
    say("Stopping ...");
    const closed = new Promise((resolve) => server.close(resolve));
    // A connection that is kept alive becomes idle when its request is answered.
    const sweep = setInterval(() => server.closeIdleConnections(), 50);
    const patience = setTimeout(() => server.closeAllConnections(), stopPatienceMs);
    await closed;
    clearInterval(sweep);
    clearTimeout(patience);
    await stopUsageRecorder();
    await dashboard.close();
    await closeDatabase();
    process.exit(0);
  });
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
}

const holder = globalThis as { latchkeyStopping?: boolean };

const apiPaths = new Set([
  ...["/v1", "/healthz", "/readyz"],
  ...["/.well-known/oauth-authorization-server", "/.well-known/jwks.json"],
]);

function isApi(url = "/"): boolean {
  const path = url.split("?", 1)[0] ?? "/";
  return apiPaths.has(path) || path.startsWith("/v1/");
}

/** While there is no user: makes the owner that the environment names, or gives the setup address. */
async function firstOwner(env: Env): Promise<string | null> {
  if ((await database().user.count()) > 0) return null;
  if (env.bootstrapOwner !== undefined) {
    await bootstrapOwner(env.bootstrapOwner);
    return null;
  }
  return `${env.appUrl}/setup?token=${await issueSetupToken()}`;
}

function once(work: () => Promise<void>): () => void {
  let running = false;
  return () => {
    if (running) return;
    running = true;
    work().catch(fail);
  };
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** A start that cannot be says why in plain words; anything else is a fault of ours, with its trace. */
function fail(error: unknown): never {
  if (error instanceof EnvironmentError) process.stderr.write(`Latchkey did not start:\n${error.message}\n`);
  else if (error instanceof Error && isExpected(error))
    process.stderr.write(`Latchkey did not start: ${error.message}\n`);
  else log().fatal(error);
  process.exit(1);
}

const expectedFaults = ["DataDirectoryInUse", "MigrationError"];

function isExpected(error: Error & { code?: string }): boolean {
  const connection = ["EADDRINUSE", "EACCES", "EADDRNOTAVAIL", "ECONNREFUSED", "ENOTFOUND"];
  return expectedFaults.includes(error.constructor.name) || connection.includes(error.code ?? "");
}

process.on("unhandledRejection", (reason) => log().error(reason, "unhandled rejection"));
start().catch(fail);
