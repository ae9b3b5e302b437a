import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { BenchContext } from "./support/bench-context";
import type { Measured } from "./support/measure";
import { median } from "./support/measure";
import type { InProcessRound } from "./support/verify-in-process";

const service = fileURLToPath(new URL("./support/verify-in-process.ts", import.meta.url));
const rounds = 7;

/** The client library in local mode with 100,000 random keys, compared to SHA-256 of the same tokens. */
export async function client(context: BenchContext): Promise<Measured[]> {
  const tokens = await context.tokens();
  const { caller } = await context.world();
  const latchkey = await context.startLatchkey();
  const child = fork(service, { execArgv: ["--import", "tsx"], serialization: "advanced" });
  await once(child, "message");
  child.send({ url: `http://127.0.0.1:${latchkey.port}`, key: caller, tokens, rounds });
  type Answer = { rounds: InProcessRound[] } | { fault: string };
  const [answer] = (await once(child, "message")) as [Answer];
  child.disconnect();
  await latchkey.stop();
  if ("fault" in answer) throw new Error(answer.fault);

  const ours = median(answer.rounds.map((round) => round.ours));
  const hash = median(answer.rounds.map((round) => round.hash));
  return [
    {
      what: "verify in process, 100,000 keys at random; crypto.hash SHA-256 of the token",
      ours: `${Math.round(ours).toLocaleString("en")}/s`,
      reference: `${Math.round(hash).toLocaleString("en")}/s`,
      ratio: ours / hash,
      target: ">= 0.35 of its rate",
      met: ours / hash >= 0.35,
      details: answer.rounds,
    },
  ];
}
