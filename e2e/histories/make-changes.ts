import { setTimeout as sleep } from "node:timers/promises";
import type { ClusterNode } from "@/e2e/support/processes/node-cluster";
import { isOutage } from "@/lib/db/outage";
import type { Change } from "./find-violations";
import { nowUs } from "./now-us";
import type { Random } from "./random";
import type { AskNode, Step } from "./step";

/** The number of changes in flight at once. */
export const changesAtOnce = 16;
/**
 * Longer than any fault lasts. A node that wakes up can still carry out an abandoned request, even after the next step.
 */
const answerWithinMs = 60_000;
/** If everything fails at once no change is answered, and a history without answers proves nothing. */
const giveUpAfterUs = 20_000_000;

class NoAnswer extends Error {}

/**
 * Sends a request to any node, like a program that knows all addresses.
 *
 * @throws if there is no usable response
 */
export function askAnyOf(nodes: () => readonly ClusterNode[], token: string, random: Random): AskNode {
  return async (method, path, body) => {
    const sent = fetch(random.pick(nodes()).url + path, {
      method,
      headers: { Authorization: `Bearer ${token}`, ...(body && { "Content-Type": "application/json" }) },
      body: body === undefined ? null : JSON.stringify(body),
      signal: AbortSignal.timeout(answerWithinMs),
    });
    const answer = await sent
      .then(async (got) => ({ ok: got.ok, status: got.status, text: await got.text() }))
      .catch((cause) => {
        throw new NoAnswer("The node did not answer", { cause });
      });
    if (answer.ok) return true;
    // An earlier, unanswered attempt already made the change.
    if (answer.status === 404 || answer.status === 409) return false;
    if (answer.status >= 500) throw new NoAnswer(`${answer.status}`);
    throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
  };
}

/**
 * Carries out the steps, retries unanswered ones, and records when each was first requested and when it was answered.
 * The steps of a chain follow each other; chains do not wait for each other.
 */
export async function makeChanges(
  chains: readonly (readonly Step[])[],
  { random, pauseMs, begun }: { random: Random; pauseMs: number; begun: (step: Step) => void },
): Promise<Change[]> {
  const changes: Change[] = [];
  const queue = random.shuffle(chains);
  const work = async () => {
    for (let chain = queue.pop(); chain !== undefined; chain = queue.pop()) {
      for (const step of chain) {
        await sleep(random.between(0, 2 * pauseMs));
        begun(step);
        const askedAt = nowUs();
        const answeredAt = await untilAnswered(step, askedAt);
        const { kind, verdict } = step;
        changes.push(...step.alters.map((check) => ({ kind, check, verdict, askedAt, answeredAt })));
      }
    }
  };
  await Promise.all(Array.from({ length: changesAtOnce }, work));
  return changes;
}

async function untilAnswered(step: Step, askedAt: number): Promise<number> {
  for (;;) {
    try {
      return (await step.perform()) ? nowUs() : Infinity;
    } catch (error) {
      // The verb waited too long for a lock of a paused node.
      if (!(error instanceof NoAnswer) && !isOutage(error)) throw error;
      if (nowUs() - askedAt > giveUpAfterUs) return Infinity;
      await sleep(100);
    }
  }
}
