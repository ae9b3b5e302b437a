import { isPublic } from "@/lib/core/webhooks/reachable-address";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import type { Claimed, Room } from "./claim-deliveries";
import { claimDeliveries } from "./claim-deliveries";
import { keepOutcome, releaseClaim } from "./keep-outcome";
import type { Attempt } from "./post-message";
import { postMessage } from "./post-message";
import { signDelivery } from "./sign-delivery";

/** How many deliveries a node sends at once. Each keeps its message and the start of its answer in memory. */
const mostAtOnce = 64;
/**
 * How many of these are reserved for organizations that send nothing yet, one for each, so that a few slow ones do not
 * take all.
 */
const kept = 12;
/** The limit for failing endpoints, so that hanging ones do not stop the others. */
const mostToFailing = 32;
/** Each organization gets at most a quarter of either limit, however many slow endpoints it has. */
const share = 4;
/**
 * Limits queries for failing endpoints to a tenth of the database's time. Many deliveries may wait there, and none is
 * urgent.
 */
const pauseFactor = 9;

type Sending = { readonly organizationId: string; readonly failing: boolean };

/** Sends the deliveries that are due, several at once. One per process. */
export class Sender {
  readonly #onFree: () => void;
  readonly #sending = new Set<Sending>();
  readonly #finished = new Set<Promise<void>>();
  #failingFrom = 0;

  /** @param onFree called whenever a delivery is finished, so that more can be sent */
  constructor(onFree: () => void) {
    this.#onFree = onFree;
  }

  /** Starts sending due deliveries, as far as there is room. @returns whether there were any */
  async sendDue(signal: AbortSignal): Promise<boolean> {
    const healthy = await this.#start(false, signal);
    const begun = performance.now();
    if (begun < this.#failingFrom) return healthy;
    const others = await this.#start(true, signal);
    this.#failingFrom = performance.now() + pauseFactor * (performance.now() - begun);
    return healthy || others;
  }

  /** Waits until nothing is being sent. */
  async idle(): Promise<void> {
    await Promise.all(this.#finished);
  }

  async #start(failing: boolean, signal: AbortSignal): Promise<boolean> {
    const room = this.#room(failing);
    const started = await this.#startIn(room, failing, signal);
    if (failing || started < room.most) return started > 0;
    return (await this.#startIn(this.#keptRoom(), failing, signal)) > 0 || started > 0;
  }

  async #startIn(room: Room, failing: boolean, signal: AbortSignal): Promise<number> {
    if (room.most <= 0 || signal.aborted) return 0;
    const claimed = await claimDeliveries(failing, room);
    for (const each of claimed) {
      const sending = { organizationId: each.organizationId, failing };
      this.#sending.add(sending);
      const finished = attempt(each, signal)
        .catch((error) => log().error(error, "the outcome of a webhook delivery could not be written"))
        .finally(() => {
          this.#sending.delete(sending);
          this.#finished.delete(finished);
          this.#onFree();
        });
      this.#finished.add(finished);
    }
    return claimed.length;
  }

  #room(failing: boolean): Room {
    const all = [...this.#sending];
    const roomBeside = (sending: readonly Sending[], most: number, toFailing: number) => {
      const left = most - sending.length;
      const failed = sending.filter((one) => one.failing).length;
      return failing ? Math.min(left, toFailing - failed) : left;
    };
    const organizations = new Set(all.map(({ organizationId }) => organizationId));
    const roomOf = (sending: readonly Sending[]) =>
      roomBeside(sending, mostAtOnce / share, mostToFailing / share);
    const leftTo = (id: string) => roomOf(all.filter(({ organizationId }) => organizationId === id));
    return {
      most: roomBeside(all, mostAtOnce - kept, mostToFailing),
      each: roomOf([]),
      left: new Map([...organizations].map((id) => [id, leftTo(id)])),
    };
  }

  /** The reserved room, for organizations that send nothing or only to failing endpoints. */
  #keptRoom(): Room {
    const sending = [...this.#sending];
    const busy = sending
      .filter((each) => !each.failing)
      .map(({ organizationId }) => [organizationId, 0] as const);
    return { most: mostAtOnce - sending.length, each: 1, left: new Map(busy) };
  }
}

async function attempt(claimed: Claimed, signal: AbortSignal): Promise<void> {
  const at = new Date();
  const begun = performance.now();
  const made = await attemptOnce(claimed, at, signal);
  if (made.status === null && signal.aborted) return releaseClaim(claimed);
  await keepOutcome(claimed, { ...made, at, durationMs: Math.round(performance.now() - begun) });
}

async function attemptOnce(claimed: Claimed, now: Date, signal: AbortSignal): Promise<Attempt> {
  const headers = signDelivery(claimed, now);
  if (headers === null) return { status: null, body: null, error: "no signing secret" };
  const allowed = env().webhookAllowedAddresses;
  const url = new URL(claimed.url);
  return postMessage({ url, headers, body: claimed.payload, allowed, isShown: isPublic, signal });
}
