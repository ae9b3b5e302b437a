import { formatKeyId } from "@/lib/core/keys/key-id";
import { parseToken } from "@/lib/token/format";
import type { BenchContext } from "./support/bench-context";
import type { Measured } from "./support/measure";
import { quantile } from "./support/measure";
import { verifications } from "./support/verifications";

const revocations = 100;
/** Revocations made before the load starts, so that both nodes have compiled this code. */
const warmUps = 100;
const verificationsPerSecond = 5_000;

/**
 * Revocations on one node while another answers 5,000 verifications a second, both on one PostgreSQL: how long each
 * takes to answer, and whether either node accepts the key after that.
 */
export async function revoke(context: BenchContext): Promise<Measured[]> {
  const { caller, addKeys } = await context.world();
  const { job } = await verifications(context);
  const load = await context.load();
  const warming = await addKeys(warmUps);
  const victims = await addKeys(revocations);
  const [first, second] = [await context.startLatchkey(), await context.startLatchkey("api-server")];
  const nodes = [first, second];
  const headers = { Authorization: `Bearer ${caller}`, "Content-Type": "application/json" };
  const verdict = async (port: number, token: string): Promise<string> => {
    const sent = { method: "POST", headers, body: JSON.stringify({ key: token }) };
    const answer = await fetch(`http://127.0.0.1:${port}/v1/keys/verify`, sent);
    return ((await answer.json()) as { code: string }).code;
  };
  // Make both nodes cache the keys that will be revoked.
  for (const token of victims) {
    for (const { port } of nodes) {
      if ((await verdict(port, token)) !== "VALID") throw new Error("A key is invalid to begin with");
    }
  }

  const revokeAt = async (token: string): Promise<number> => {
    const id = formatKeyId(parseToken(token)?.keyId ?? "");
    const begun = performance.now();
    const sent = { method: "POST", headers };
    const answer = await fetch(`http://127.0.0.1:${first.port}/v1/keys/${id}/revoke`, sent);
    const milliseconds = performance.now() - begun;
    const text = await answer.text();
    if (!answer.ok) throw new Error(`A revocation was refused: ${answer.status} ${text}`);
    return milliseconds;
  };
  const unloaded: number[] = [];
  for (const token of warming) unloaded.push(await revokeAt(token));

  const bodies = job(0, { order: "random", milliseconds: 0 }).bodies.slice(0, 5_000);
  const steady = { bodies, order: "random", perSecond: verificationsPerSecond } as const;
  await load.run(job(second.port, { ...steady, milliseconds: 3_000 }));
  const loaded = load.run(job(second.port, { ...steady, milliseconds: 8_000 }));
  const times: number[] = [];
  let accepted = 0;
  const end = performance.now() + 7_000;
  for (const token of victims) {
    if (performance.now() > end) break;
    times.push(await revokeAt(token));
    const after = await Promise.all(nodes.map(({ port }) => verdict(port, token)));
    accepted += after.filter((code) => code !== "REVOKED").length;
  }
  const { perSecond, faults, firstFault } = await loaded;
  await Promise.all(nodes.map((node) => node.stop()));
  if (faults > 0) throw new Error(`${faults} faults, such as: ${firstFault}`);
  const p50 = quantile(times, 0.5);
  return [
    {
      what: `revoke, 2 nodes, beside ${Math.round(perSecond).toLocaleString("en")} verifications/s, p50 to the answer`,
      ours: `${p50.toFixed(1)} ms (p99 ${quantile(times, 0.99).toFixed(1)} ms), ${accepted} of ${2 * times.length} accepted after it`,
      reference: "",
      ratio: null,
      target: "<= 20 ms beside 5,000/s, none accepted",
      met: p50 <= 20 && accepted === 0 && perSecond >= 0.95 * verificationsPerSecond,
      details: { times, perSecond, unloaded },
      note: `Before it ${unloaded.length} without any load: the first ${unloaded[0]?.toFixed(0)} ms, the last half of them p50 ${quantile(unloaded.slice(unloaded.length / 2), 0.5).toFixed(1)} ms.`,
    },
  ];
}
