import cluster from "node:cluster";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createApiListener } from "@/lib/api/listener";
import { tellMetrics } from "@/lib/api/routes/metrics/worker-metrics";
import { endKeyStreams } from "@/lib/api/verify/serve-key-stream";
import { closeDatabase } from "@/lib/db/client";
import { openDatabase } from "@/lib/db/open-database";
import type { Env } from "@/lib/env";
import { EnvironmentError, loadEnv } from "@/lib/load-env";
import { log } from "@/lib/log";
import { keyOldChains } from "@/lib/services/audit/key-old-chains";
import { startBackground } from "@/lib/services/background/start-background";
import { startChangeFeed, stopChangeFeed } from "@/lib/verify/changes/change-feed";
import { closeKeyRates, openKeyRates } from "@/lib/verify/limits/take-from-key";
import { startUsageRecorder, stopUsageRecorder } from "@/lib/verify/usage/usage-recorder";
import { startUsageUpkeep, stopUsageUpkeep } from "@/lib/verify/usage/usage-upkeep";
import { answerPage } from "./answer-page";
import { createDoor, createFramedDoor } from "./door";
import type { Upgrade } from "./http-server";
import { createHttpServer } from "./http-server";
import { logConsole } from "./log-console";
import { stopServing } from "./stop-serving";

/** The time for requests in progress and for the whole stop. Orchestrators kill after 15 s, see compose.yaml. */
const answersMs = 10_000;
const stopMs = 14_000;
/** The time to tell clients that the database is gone. */
const refusalsMs = 500;

/** The parts of a full node besides the API. */
export type Dashboard = {
  readonly answer: (request: IncomingMessage, response: ServerResponse) => void;
  /** For hot reloading in development. */
  readonly upgrade: Upgrade | null;
  /** Printed with the URL once the server is ready. */
  readonly notice: string | null;
  readonly close: () => Promise<void>;
};

/** @param isFirst whether this worker does what is needed once per installation */
type OpenDashboard = (env: Env, isFirst: boolean) => Promise<Dashboard>;

/**
 * Runs the process: one port, from its first line of output to its exit. Opens the database, serves until SIGTERM or
 * SIGINT, finishes requests in progress, and closes.
 *
 * @param openDashboard null on a verifying node, which has only the API and never loads the code for pages
 */
export function runServer(openDashboard: OpenDashboard | null): void {
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

async function start(openDashboard: OpenDashboard | null): Promise<void> {
  const startedAt = performance.now();
  const env = loadEnv(process.env, { needsPostgres: openDashboard === null });
  const isFirst = cluster.worker === undefined || cluster.worker.id === 1;
  const warnings = await openDatabase(env, endWithout);
  if (isFirst) {
    for (const warning of warnings) log().warn(warning);
    await keyOldChains(new Date());
  }
  await startChangeFeed();
  await openKeyRates(env);
  startUsageRecorder();
  startUsageUpkeep();
  const dashboard = (await openDashboard?.(env, isFirst)) ?? null;

  const door = createDoor({
    trustedProxies: env.trustedProxies,
    answerApi: createApiListener(),
    answerPage: dashboard && answerPage(env, dashboard.answer),
  });
  const http = createHttpServer(door, {
    keepAliveSeconds: env.keepAliveSeconds,
    upgrade: dashboard?.upgrade ?? null,
    answerFramed: env.framer ? createFramedDoor(env.trustedProxies) : null,
  });
  const { server } = http;
  if (cluster.isWorker) tellMetrics();
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(env.port, env.host, resolve);
  });
  // A verifying node does no background work.
  const background = dashboard === null ? null : startBackground();
  if (isFirst) sayReady(env, dashboard, startedAt);

  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    if (cluster.isPrimary) say("Stopping ...");
    // Unfinished work could keep the process from ever stopping.
    setTimeout(() => {
      log().error(`shutdown did not finish within ${stopMs / 1000} s; exiting anyway`);
      process.exit(1);
    }, stopMs);
    const leases = endKeyStreams();
    stopServing(http, answersMs)
      .then(async () => {
        // Client libraries may verify locally until their leases expire, so wait for that.
        await leases;
        await background?.stop();
        await stopUsageUpkeep();
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

/** Ends the process, since only a new one can open the database again. Requests in progress are refused first. */
function endWithout(reason: Error): void {
  log().fatal(reason);
  setTimeout(() => process.exit(1), refusalsMs);
}

function sayReady(env: Env, dashboard: Dashboard | null, startedAt: number): void {
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  if (dashboard !== null) say(`Latchkey is ready at ${env.appUrl} (${seconds} s)`);
  else say(`Latchkey's API is ready at ${listeningAt(env)} (${seconds} s), without the dashboard`);
  if (dashboard === null && !env.appUrlIsSet) say(appUrlUnset);
  if (env.workers > 1 && env.redisUrl === undefined) say(redisUrlUnset);
  if (dashboard?.notice) say(dashboard.notice);
}

/** Where the server listens. APP_URL is the dashboard's, so a verifying node prints its own address too. */
function listeningAt({ host, port }: Env): string {
  return `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
}

const appUrlUnset =
  "APP_URL is not set: access tokens that this node issues name this node, and the others refuse them. " +
  "Set it on every node to the dashboard's address.";

const redisUrlUnset =
  "REDIS_URL is not set: each worker counts the rate limits of keys by itself, so a key may use its limit once with each.";

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
