import * as crypto from "node:crypto";
import { setImmediate as breathe, setTimeout as sleep } from "node:timers/promises";
import { createLatchkey } from "@/lib/client/create-latchkey";

// A service with the client library in local mode, in its own process like every service.

export type InProcessJob = {
  readonly url: string;
  readonly key: string;
  readonly tokens: readonly string[];
  readonly rounds: number;
};
export type InProcessRound = { readonly ours: number; readonly hash: number };

const checks = 200_000;
/** Yields to the event loop this often, as a service would. Otherwise no lease is renewed. */
const betweenTurns = 500;
const demand = { permissions: ["workspaces:read"] } as const;
// Available since Node.js 20.12; this project's types do not include it in every version.
const { hash } = crypto;

async function measure({ url, key, tokens, rounds }: InProcessJob): Promise<InProcessRound[]> {
  const latchkey = createLatchkey({ url, key, mode: "local" });
  await latchkey.ready();
  const order = Uint32Array.from({ length: checks }, () => Math.floor(Math.random() * tokens.length));
  // Each token's first comparison only happens once, so it is not measured.
  for (const [index, token] of tokens.entries()) {
    if (index % betweenTurns === 0) await local();
    latchkey.verifyHere(token, demand);
  }

  /**
   * Waits for a lease, because only local verifications are measured. Hashing blocks the event loop, so on a busy
   * machine the lease can run out.
   */
  async function local(): Promise<void> {
    await breathe();
    const deadline = performance.now() + 10_000;
    while (!latchkey.isLocal()) {
      if (performance.now() > deadline) throw new Error("No lease within 10 seconds");
      await sleep(20);
    }
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
  /** Does not yield, because hashing does not need the event loop. */
  function hashesPerSecond(): number {
    const begun = performance.now();
    for (const index of order) hash("sha256", tokens[index] ?? "");
    return checks / ((performance.now() - begun) / 1000);
  }

  const measured: InProcessRound[] = [];
  for (let round = 0; round < 3 * rounds && measured.length < rounds; round++) {
    await local();
    // Drops a round in which a verification failed: without a lease they go over HTTP, which can fail.
    const ours = await perSecond(good).catch(() => null);
    if (ours !== null) measured.push({ ours, hash: hashesPerSecond() });
  }
  if (measured.length < 3) throw new Error("The machine is too busy to keep a lease");
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
