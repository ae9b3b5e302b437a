import { Agent } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { Reached } from "../support/api/raw-requests";
import { send } from "../support/api/raw-requests";

export type Figures = { readonly count: number; readonly medianMs: number; readonly p99Ms: number };

/** Sends ten requests a second on kept-alive connections, like a service and a person. */
export function startNormalClient(reached: Reached, token: string) {
  let over = false;
  let times: number[] = [];
  const faults: string[] = [];
  const agent = new Agent({ keepAlive: true });
  const ask = async (round: number) => {
    const isPage = round % 10 === 9;
    const headers = { Authorization: `Bearer ${token}`, "Content-Type": "application/json" };
    const sentAt = performance.now();
    const answer = await (isPage
      ? send({ ...reached, agent }, "GET", "/sign-in")
      : send({ ...reached, agent }, "POST", "/v1/keys/verify", {
          headers,
          body: JSON.stringify({ key: token }),
        }));
    if (!isPage) times.push(performance.now() - sentAt);
    if (answer.status !== 200) faults.push(`${answer.status} ${answer.text.slice(0, 200)}`);
  };
  const asking = (async () => {
    for (let round = 0; !over; round++) {
      await ask(round).catch((error: unknown) => faults.push(String(error)));
      await sleep(100);
    }
    agent.destroy();
  })();
  return {
    faults: faults as readonly string[],
    /** The figures of the requests since the last call. */
    figures: (): Figures => {
      const sorted = times.sort((a, b) => a - b);
      times = [];
      const at = (part: number) => sorted[Math.floor((sorted.length - 1) * part)] ?? Number.NaN;
      return { count: sorted.length, medianMs: at(0.5), p99Ms: at(0.99) };
    },
    end: async () => {
      over = true;
      await asking;
    },
  };
}
