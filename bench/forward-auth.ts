import type { BenchContext } from "./support/bench-context";
import type { LoadJob } from "./support/load-generator";
import type { Measured } from "./support/measure";
import { shown, sideBySide } from "./support/side-by-side";

const rounds = 5;
const milliseconds = 2_500;

/** A gateway's checks of random keys from the cache, compared to an echo of a response of the same size. */
export async function forwardAuth(context: BenchContext): Promise<Measured[]> {
  const { organization } = await context.world();
  const bodies = await context.tokens();
  const load = await context.load();
  const latchkey = await context.startLatchkey();
  const path = `/v1/forward-auth/${organization.slug}/workspaces:read/-`;
  const url = `http://127.0.0.1:${latchkey.port}${path}`;
  const answer = await fetch(url, { headers: { "X-API-Key": bodies[0] ?? "" } });
  const size = [...answer.headers].flat().join(": ").length;
  const echo = await context.start(["bench/reference/echo-server.mjs"], { ANSWER: "x".repeat(size) });
  const job = (port: number, over: Partial<LoadJob>): LoadJob => ({
    ...{ port, path, headers: {}, bodies, asKeys: true, connections: 32, order: "random", milliseconds },
    ...{ expect: "HTTP/1.1 200 ", ...over },
  });

  await load.run(job(latchkey.port, { order: { from: 0 }, milliseconds: 60_000, requests: bodies.length }));
  await load.run(job(echo.port, {}));
  const sides = [latchkey, echo].map((server) => ({ server, job: () => job(server.port, {}) }));
  const [checked, echoed] = await sideBySide(load, sides, rounds);
  await Promise.all([latchkey.stop(), echo.stop()]);
  if (!checked || !echoed) throw new Error("Nothing was measured");

  const ratio = checked.perSecond / echoed.perSecond;
  return [
    {
      what: "forward auth over HTTP, 100,000 keys at random, 32 connections; bare node:http echo",
      ours: shown(checked),
      reference: shown(echoed),
      ratio,
      target: "",
      met: null,
      details: { checked, echoed },
    },
  ];
}
