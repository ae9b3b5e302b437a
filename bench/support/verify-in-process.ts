import * as crypto from "node:crypto";
import { setImmediate as breathe } from "node:timers/promises";
import { createLatchkey } from "@/lib/client/create-latchkey";

// A service with the client library in local mode, in a process of its own as every service is.

export type InProcessJob = {
  readonly url: string;
  readonly key: string;
  readonly tokens: readonly string[];
  readonly rounds: number;
};
export type InProcessRound = { readonly ours: number; readonly hash: number };

const checks = 200_000;
/** A service lets its event loop turn; without it no lease is renewed, and it would ask over HTTP. */
const betweenTurns = 500;
const demand = { permissions: ["workspaces:read"] } as const;
// Since Node.js 20.12; the types of this project's Node.js do not know it in every version.
const { hash } = crypto;

async function measure({ url, key, tokens, rounds }: InProcessJob): Promise<InProcessRound[]> {
  const latchkey = createLatchkey({ url, key, mode: "local" });
  await latchkey.ready();
  const order = Uint32Array.from({ length: checks }, () => Math.floor(Math.random() * tokens.length));
  // Each token is compared for the first time once; that is not what is asked here.
  for (const [index, token] of tokens.entries()) {
    await good(token);
    if (index % betweenTurns === 0) await breathe();
  }

  function good(token: string): Promise<void> | undefined {
    const verification = latchkey.verifyHere(token, demand);
    if (verification === undefined) return latchkey.verify(token, demand).then(expectGood);
    expectGood(verification);
  }
  function expectGood({ valid }: { readonly valid: boolean }): void {
    if (!valid) throw new Error("A good key was refused");
  }
  async function perSecond(work: (token: string) => Promise<void> | undefined): Promise<number> {
    const begun = performance.now();
    let turn = betweenTurns;
    for (const index of order) {
      const asked = work(tokens[index] ?? "");
      if (asked !== undefined) await asked;
      if (--turn > 0) continue;
      turn = betweenTurns;
      await breathe();
    }
    return checks / ((performance.now() - begun) / 1000);
  }
  /** Without the waiting, which a hash has no need of. */
  function hashesPerSecond(): number {
    const begun = performance.now();
    for (const index of order) hash("sha256", tokens[index] ?? "");
    return checks / ((performance.now() - begun) / 1000);
  }

  const measured: InProcessRound[] = [];
  for (let round = 0; round < rounds; round++) {
    if (!latchkey.isLocal()) throw new Error("It asks over HTTP");
    await breathe();
    measured.push({ ours: await perSecond(good), hash: hashesPerSecond() });
  }
  await latchkey.close();
  return measured;
}

process.on("message", (job: InProcessJob) => {
  measure(job).then(
    (rounds) => process.send?.({ rounds }),
    (error: unknown) => process.send?.({ fault: String(error) }),
  );
});
process.on("disconnect", () => process.exit(0));
process.send?.("ready");
