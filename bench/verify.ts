import { startNginx } from "./reference/nginx-lua";
import type { BenchContext } from "./support/bench-context";
import type { Measured } from "./support/measure";
import type { SideResult } from "./support/side-by-side";
import { shown, sideBySide } from "./support/side-by-side";
import { verifications } from "./support/verifications";

const rounds = 5;
const milliseconds = 2_500;
const keys = 100_000;

/**
 * `POST /v1/keys/verify` with 100,000 keys. First each key once, compared to a server that runs one prepared SELECT by
 * primary key; then random keys from the cache, compared to an echo of a response of the same size.
 */
export async function verify(context: BenchContext): Promise<Measured[]> {
  const { job, answerOf } = await verifications(context);
  const load = await context.load();
  const { caller, databaseUrl } = await context.world();
  const latchkey = await context.startLatchkey();
  const answer = await answerOf(latchkey.port);
  const echo = await context.start(["bench/reference/echo-server.mjs"], { ANSWER: answer });
  const selectEnvironment = { ANSWER: answer, DATABASE_URL: databaseUrl };
  const select = await context.start(["bench/reference/select-server.mjs"], selectEnvironment);

  // Warms up both servers. These keys are cached afterwards and not used again.
  let next = 2_000;
  await load.run(job(latchkey.port, { order: { from: 0 }, milliseconds: 10_000, requests: next }));
  await load.run(job(select.port, { order: { from: 0 }, milliseconds: 10_000, requests: next }));
  const perRound = 6_000;
  const [miss, selected] = await sideBySide(
    load,
    [
      {
        server: latchkey,
        job: () => {
          const from = next;
          next += perRound;
          return job(latchkey.port, { order: { from }, milliseconds: 20_000, requests: perRound });
        },
      },
      { server: select, job: () => job(select.port, { order: "random", milliseconds: 2_000 }) },
    ],
    rounds,
  );
  await select.stop();

  const unframed = await context.startLatchkey("server", { FRAMER: "off" });
  for (const { port } of [latchkey, unframed])
    await load.run(job(port, { order: { from: 0 }, milliseconds: 60_000, requests: keys }));
  const started = await startNginx(answer, [caller, ...(await context.tokens())]);
  const nginx = started === null ? [] : [context.keep(started)];
  const sides = [latchkey, unframed, echo, ...nginx].map((server) => ({
    server,
    job: () => job(server.port, { order: "random" as const, milliseconds }),
  }));
  await sideBySide(load, sides, 1);
  const [hit, hitUnframed, echoed, lua] = await sideBySide(load, sides, rounds);
  const residentMb = latchkey.residentMb();
  await Promise.all([latchkey, unframed, echo, ...nginx].map((server) => server.stop()));
  if (!miss || !selected || !hit || !hitUnframed || !echoed) throw new Error("Nothing was measured");

  const ratio = hit.perSecond / echoed.perSecond;
  const slower = hit.p99Ms / echoed.p99Ms;
  const missRatio = miss.perSecond / selected.perSecond;
  const generatorCores = Math.max(...hit.rounds.map((round) => round.generatorCores));
  return [
    {
      what: "verify over HTTP, 100,000 keys at random, 32 connections; bare node:http echo",
      ours: shown(hit),
      reference: shown(echoed),
      ratio,
      target: ">= 0.85 of its requests",
      met: ratio >= 0.85,
      note: `The server held ${Math.round(residentMb)} MB; the load generator took ${generatorCores.toFixed(2)} of a core beside it.`,
      details: { hit, echoed, residentMb },
    },
    {
      what: "the same with FRAMER=off",
      ours: shown(hitUnframed),
      reference: shown(echoed),
      ratio: hitUnframed.perSecond / echoed.perSecond,
      target: "",
      met: null,
    },
    byNginx(hit, lua),
    {
      what: "the same, p99",
      ours: `${hit.p99Ms.toFixed(2)} ms`,
      reference: `${echoed.p99Ms.toFixed(2)} ms`,
      ratio: slower,
      target: "<= 1.5 times",
      met: slower <= 1.5,
    },
    {
      what: "verify on a cache miss; node:http with one prepared SELECT by primary key",
      ours: shown(miss),
      reference: shown(selected),
      ratio: missRatio,
      target: ">= 0.6 of its requests",
      met: missRatio >= 0.6,
      details: { miss, selected },
    },
  ];
}

/** docs/benchmarks.md says what the reference does and does not do. */
function byNginx(hit: SideResult, lua: SideResult | undefined): Measured {
  const what = "the same, CPU time; nginx, one worker, with a Lua check of the same keys";
  const target = "<= 1.3 times";
  if (lua === undefined) {
    return { what, ours: shown(hit), reference: "not installed", ratio: null, target, met: null };
  }
  const ratio = hit.cpuMicroseconds / lua.cpuMicroseconds;
  return { what, ours: shown(hit), reference: shown(lua), ratio, target, met: ratio <= 1.3, details: lua };
}
