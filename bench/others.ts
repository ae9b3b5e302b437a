import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import pg from "pg";
import { env } from "@/lib/env";
import { organizationPeppers } from "@/lib/token/secret";
import type { BenchContext } from "./support/bench-context";
import type { Measured } from "./support/measure";
import { shown, sideBySide } from "./support/side-by-side";
import { verifications } from "./support/verifications";

const rounds = 3;
const milliseconds = 2_500;
/** Few enough for each alternative to create quickly. */
const keys = 1_000;

/** Alternatives to Latchkey, with the same number of keys and the same load. */
export async function others(context: BenchContext): Promise<Measured[]> {
  const { job } = await verifications(context);
  const load = await context.load();
  const { organization, databaseUrl } = await context.world();
  install();

  const latchkey = await context.startLatchkey();
  const pepper = organizationPeppers(env().peppers, organization.id).byVersion.get(env().peppers.current);
  const nextRoute = await context.start(
    ["node_modules/next/dist/bin/next", "start", "bench/others/next-route", "--hostname", "127.0.0.1"],
    { DATABASE_URL: databaseUrl, PEPPER: pepper?.toString("base64") ?? "" },
  );
  const betterAuth = await context.start(["bench/others/better-auth-server.mjs"], {
    ...{ DATABASE_URL: await ownDatabase(databaseUrl), KEYS: String(keys) },
  });
  const made = await fetch(`http://127.0.0.1:${betterAuth.port}/`);
  const { tokens } = (await made.json()) as { tokens: string[] };

  const some = { order: "random", milliseconds } as const;
  const ours = job(latchkey.port, some);
  const bodies = ours.bodies.slice(0, keys);
  const sides = [
    { server: latchkey, job: () => ({ ...ours, bodies }) },
    { server: nextRoute, job: () => job(nextRoute.port, { ...some, bodies, path: "/verify" }) },
    {
      server: betterAuth,
      job: () =>
        job(betterAuth.port, { ...some, path: "/", bodies: tokens.map((key) => JSON.stringify({ key })) }),
    },
  ];
  await sideBySide(load, sides, 1);
  const [verified, routed, plugged] = await sideBySide(load, sides, rounds);
  await Promise.all(sides.map(({ server }) => server.stop()));
  if (!verified || !routed || !plugged) throw new Error("Nothing was measured");
  const line = (what: string, other: typeof routed): Measured => ({
    what: `verify over HTTP, ${keys.toLocaleString("en")} keys at random; ${what}`,
    ours: shown(verified),
    reference: shown(other),
    ratio: verified.perSecond / other.perSecond,
    target: "",
    met: null,
  });
  return [
    line("a naive Next route handler with Prisma", routed),
    line("Better Auth's API-key plugin over node:http", plugged),
  ];
}

/** Installs the alternatives on demand, since they are not dependencies of the product. */
function install(): void {
  if (!existsSync("bench/others/node_modules/better-auth")) {
    step("npm", ["install", "--no-audit", "--no-fund"], "bench/others");
  }
  step(process.execPath, ["node_modules/next/dist/bin/next", "build", "bench/others/next-route"], ".");
}

function step(command: string, args: readonly string[], cwd: string): void {
  const variables = { ...process.env, NEXT_TELEMETRY_DISABLED: "1" };
  const done = spawnSync(command, [...args], { cwd, env: variables, encoding: "utf8" });
  if (done.status !== 0) {
    throw new Error(`${command} ${args.join(" ")} failed: ${done.stdout}${done.stderr}`);
  }
}

async function ownDatabase(ofLatchkey: string): Promise<string> {
  const client = new pg.Client({ connectionString: ofLatchkey });
  await client.connect();
  await client.query("CREATE DATABASE better_auth");
  await client.end();
  const url = new URL(ofLatchkey);
  url.pathname = "/better_auth";
  return url.href;
}
