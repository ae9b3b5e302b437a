import { setImmediate as turnOfLoop } from "node:timers/promises";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { deferred } from "@/e2e/support/timing/deferred";
import { log } from "@/lib/log";
import { TurnQueue } from "./turn-queue";

let queue: TurnQueue;
let ran: string[];

beforeEach(() => {
  queue = new TurnQueue();
  ran = [];
});
afterEach(() => {
  vi.restoreAllMocks();
});

const named = (name: string) => async () => {
  ran.push(name);
};

/** A turn that runs until the test releases it. */
function held(name: string) {
  const { promise, resolve } = deferred();
  return { turn: () => named(name)().then(() => promise), letGo: resolve };
}

test("[L1] turns run one after the other, in the order in which they were added", async () => {
  const first = held("first");
  void queue.add(first.turn);
  const last = queue.add(named("last"));
  await turnOfLoop();
  expect(ran).toEqual(["first"]);
  first.letGo();
  await last;
  expect(ran).toEqual(["first", "last"]);
});

test("[L1] a waiting turn is not added twice, but a running one is", async () => {
  const { turn, letGo } = held("renewal");
  queue.addOnce(turn);
  queue.addOnce(turn);
  await turnOfLoop();
  expect(ran).toEqual(["renewal"]);
  // The running turn may have read before this change.
  queue.addOnce(turn);
  letGo();
  await queue.add(named("last"));
  expect(ran).toEqual(["renewal", "renewal", "last"]);
});

test("[L1] a turn that fails is logged once per outage, and the next one runs", async () => {
  const [error, info] = [
    vi.spyOn(log(), "error").mockReturnValue(),
    vi.spyOn(log(), "info").mockReturnValue(),
  ];
  const fail = () => Promise.reject(new Error("no database"));
  await queue.add(fail);
  await queue.add(fail);
  expect([queue.isFailing, error.mock.calls.length, info.mock.calls.length]).toEqual([true, 1, 0]);
  await queue.add(named("next"));
  await queue.add(named("last"));
  expect([queue.isFailing, error.mock.calls.length, info.mock.calls.length]).toEqual([false, 1, 1]);
  expect(ran).toEqual(["next", "last"]);
});

test("[L1] a stopping queue lets the running turn finish, and starts no other", async () => {
  const { turn, letGo } = held("running");
  void queue.add(turn);
  void queue.add(named("waiting"));
  await turnOfLoop();
  const stopped = queue.stop();
  await expect(Promise.race([stopped, turnOfLoop("waits")])).resolves.toBe("waits");
  letGo();
  await stopped;
  await queue.add(named("late"));
  expect(ran).toEqual(["running"]);
});
