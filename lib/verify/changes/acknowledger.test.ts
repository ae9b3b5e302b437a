import { setImmediate as turnOfLoop } from "node:timers/promises";
import { afterEach, expect, test, vi } from "vitest";
import { deferred } from "@/e2e/support/timing/deferred";
import { log } from "@/lib/log";
import { Acknowledger } from "./acknowledger";

afterEach(() => {
  vi.restoreAllMocks();
});

/** Holds every statement until the test answers it. */
function recorded() {
  const sent: bigint[] = [];
  const answers: (() => void)[] = [];
  const acknowledger = new Acknowledger((sequence) => {
    sent.push(sequence);
    const { promise, resolve } = deferred();
    answers.push(resolve);
    return promise;
  });
  const answer = async () => {
    answers.shift()?.();
    await turnOfLoop();
  };
  return { acknowledger, sent, answer };
}

test("[L1] a change is acknowledged once every listener's promise has resolved, and not before", async () => {
  const { acknowledger, sent } = recorded();
  const [one, other] = [deferred(), deferred()];
  acknowledger.acknowledgeAfter([one.promise, other.promise], 1n);
  one.resolve();
  await turnOfLoop();
  expect([acknowledger.kept, sent]).toEqual([0n, []]);
  other.resolve();
  await turnOfLoop();
  expect([acknowledger.kept, sent]).toEqual([1n, [1n]]);
});

test("[L1] a change whose promises are kept waits for the promises of the changes before it", async () => {
  const { acknowledger, sent } = recorded();
  const slow = deferred();
  acknowledger.acknowledgeAfter([slow.promise], 1n);
  acknowledger.acknowledgeAfter([], 2n);
  await turnOfLoop();
  expect([acknowledger.kept, sent]).toEqual([0n, []]);
  slow.resolve();
  await turnOfLoop();
  expect(acknowledger.kept).toBe(2n);
});

test("[L1] changes completed while a statement runs are acknowledged together by the next", async () => {
  const { acknowledger, sent, answer } = recorded();
  for (const sequence of [1n, 2n, 3n]) {
    acknowledger.acknowledgeAfter([], sequence);
    await turnOfLoop();
  }
  const settled = acknowledger.settled();
  expect(sent).toEqual([1n]);
  await answer();
  expect(sent).toEqual([1n, 3n]);
  await answer();
  await settled;
  expect(sent).toEqual([1n, 3n]);
});

test("[L1] a change with a broken promise is not acknowledged", async () => {
  const warn = vi.spyOn(log(), "warn").mockReturnValue();
  const { acknowledger, sent } = recorded();
  acknowledger.acknowledgeAfter([Promise.reject<undefined>(new Error("listener"))], 1n);
  await acknowledger.settled();
  expect([acknowledger.kept, sent, warn.mock.calls.length]).toEqual([0n, [], 1]);
});

test("[L1] a statement that fails is left to the next renewal, and a later change is acknowledged", async () => {
  const warn = vi.spyOn(log(), "warn").mockReturnValue();
  const send = vi.fn<(sequence: bigint) => Promise<void>>(async () => {});
  send.mockRejectedValueOnce(new Error("no database"));
  const acknowledger = new Acknowledger(send);
  acknowledger.acknowledgeAfter([], 1n);
  await acknowledger.settled();
  expect([acknowledger.kept, warn.mock.calls.length]).toEqual([1n, 1]);
  acknowledger.acknowledgeAfter([], 2n);
  await acknowledger.settled();
  expect(send.mock.calls).toEqual([
    [1n, []],
    [2n, []],
  ]);
});

test("[L1] the clients' outcome is written no later than the acknowledgement, even after a failed statement", async () => {
  vi.spyOn(log(), "warn").mockImplementation(() => undefined);
  const client = {
    ...{ organizationId: "organization", keyId: "key", name: "Checker", address: null },
    state: "acknowledged" as const,
  };
  const send = vi.fn().mockRejectedValueOnce(new Error("outage")).mockResolvedValue(undefined);
  const acknowledger = new Acknowledger(send);
  acknowledger.acknowledgeAfter([], 1n);
  await acknowledger.settled();
  acknowledger.acknowledgeAfter([Promise.resolve(client)], 2n);
  send.mockRejectedValueOnce(new Error("outage"));
  await acknowledger.settled();
  // The lease's renewal must not acknowledge the change by itself.
  expect(acknowledger.kept).toBe(0n);
  acknowledger.sendUnsent();
  await acknowledger.settled();
  const heard = { after: 1n, through: 2n, clients: [client] };
  expect(send.mock.calls.at(-1)).toEqual([2n, [heard]]);
  expect(acknowledger.kept).toBe(2n);
});
