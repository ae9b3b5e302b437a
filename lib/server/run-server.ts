import type { IncomingMessage, ServerResponse } from "node:http";
import { createApiListener } from "@/lib/api/listener";
import { endKeyStreams } from "@/lib/api/verify/serve-key-stream";
import { closeDatabase, openDatabase } from "@/lib/db/client";
import type { Env } from "@/lib/env";
import { EnvironmentError, loadEnv } from "@/lib/load-env";
import { log } from "@/lib/log";
import { startChangeFeed, stopChangeFeed } from "@/lib/verify/changes/change-feed";
import { closeKeyRates, openKeyRates } from "@/lib/verify/limits/take-from-key";
import { startUsageRecorder, stopUsageRecorder } from "@/lib/verify/usage/usage-recorder";
import { answerPage } from "./answer-page";
import { createDoor } from "./door";
import type { Upgrade } from "./http-server";
import { createHttpServer } from "./http-server";
import { logConsole } from "./log-console";
import { stopServing } from "./stop-serving";

/** For requests in progress, and for the whole stop: an orchestrator kills after 15 s, see compose.yaml. */
const answersMs = 10_000;
const stopMs = 14_000;

/** What a full node serves besides the API. */
export type Dashboard = {
  readonly answer: (request: IncomingMessage, response: ServerResponse) => void;
  /** For hot reloading in development. */
  readonly upgrade: Upgrade | null;
  /** Printed with the URL once the server is ready. */
  readonly notice: string | null;
  readonly close: () => Promise<void>;
};

/**
 * Runs the process: one port, from its first line of output to its exit. Opens the database, serves until SIGTERM or
 * SIGINT, finishes requests in progress, and closes.
 *
 * @param openDashboard null on a verifying node, which has only the API and never loads the code for pages
 */
export function runServer(openDashboard: ((env: Env) => Promise<Dashboard>) | null): void {
  if (process.env.NODE_ENV !== "development") logConsole();
  process.on("unhandledRejection", (reason) => log().error(reason, "unhandled rejection"));
  // On a full node Next handles these: it logs them to the console and keeps running.
  if (openDashboard === null) {
    process.on("uncaughtException", (error) => {
      log().fatal(error, "uncaught exception");
      process.exit(1);
    });
  }
  start(openDashboard).catch(failStart);
}

async function start(openDashboard: ((env: Env) => Promise<Dashboard>) | null): Promise<void> {
  const startedAt = performance.now();
  const env = loadEnv(process.env, { needsPostgres: openDashboard === null });
  for (const warning of await openDatabase(env)) log().warn(warning);
  await startChangeFeed();
  await openKeyRates(env);
  startUsageRecorder();
  const dashboard = (await openDashboard?.(env)) ?? null;

  const door = createDoor({
    trustedProxies: env.trustedProxies,
    answerApi: createApiListener(),
    answerPage: dashboard && answerPage(env, dashboard.answer),
  });
  const http = createHttpServer(door, {
    keepAliveSeconds: env.keepAliveSeconds,
    upgrade: dashboard?.upgrade ?? null,
  });
  const { server } = http;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(env.port, env.host, resolve);
  });
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  if (dashboard !== null) say(`Latchkey is ready at ${env.appUrl} (${seconds} s)`);
  else say(`Latchkey's API is ready at ${listeningAt(env)} (${seconds} s), without the dashboard`);
  if (dashboard === null && !env.appUrlIsSet) say(appUrlUnset);
  if (dashboard?.notice) say(dashboard.notice);

  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    say("Stopping ...");
    // Unfinished work could keep the process from stopping at all.
    setTimeout(() => {
      log().error(`shutdown did not finish within ${stopMs / 1000} s; exiting anyway`);
      process.exit(1);
    }, stopMs);
    const leases = endKeyStreams();
    stopServing(http, answersMs)
      .then(async () => {
        // Clients may verify from their copies until their leases expire, so wait for that.
        await leases;
        await stopUsageRecorder();
        await stopChangeFeed();
        await dashboard?.close();
        await closeKeyRates();
        await closeDatabase();
        process.exit(0);
      })
      .catch(failStart);
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
}

/** APP_URL is the dashboard's. A verifying node prints its own address and says where the dashboard is. */
function listeningAt({ host, port }: Env): string {
  return `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
}

const appUrlUnset =
  "APP_URL is not set: access tokens that this node issues name this node, and the others refuse them. " +
  "Set it on every node to the dashboard's address.";

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

const expectedFaults = ["DataDirectoryInUse", "DataDirectoryUnfit", "DatabaseUnfit", "MigrationError"];
const connectionFaults = ["EADDRINUSE", "EACCES", "EADDRNOTAVAIL", "ECONNREFUSED", "ENOTFOUND"];

/** Exits the process. Errors the operator can fix get a plain message; bugs get a stack trace. */
function failStart(error: unknown): never {
  if (error instanceof EnvironmentError) process.stderr.write(`Latchkey did not start:\n${error.message}\n`);
  else if (error instanceof Error && isExpected(error))
    process.stderr.write(`Latchkey did not start: ${error.message}\n`);
  else log().fatal(error);
  process.exit(1);
}

function isExpected(error: Error & { code?: string }): boolean {
  return expectedFaults.includes(error.constructor.name) || connectionFaults.includes(error.code ?? "");
}
