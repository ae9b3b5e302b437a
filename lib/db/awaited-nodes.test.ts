import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { AwaitedNodes } from "./awaited-nodes";

type Question = { readonly wanted: bigint; readonly answer: (lowest: string | null) => void };

/** A database whose queries the test answers. */
function asked() {
  const questions: Question[] = [];
  const runPrepared = <Row>({ values }: { readonly values: readonly unknown[] }) =>
    new Promise<readonly Row[]>((resolve) => {
      const answer = (lowest: string | null) => resolve([{ lowest }] as Row[]);
      questions.push({ wanted: BigInt(String(values[0])), answer });
    });
  const nodes = new AwaitedNodes({ runPrepared, patienceMs: 50 });
  const answered: bigint[] = [];
  const wait = (change: bigint) => nodes.until(change).then(() => void answered.push(change));
  return { questions, answered, wait };
}

const turn = () => sleep(0);

// The lease runs out when the test says so, however long this process pauses.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
});
afterEach(() => {
  vi.useRealTimers();
});

describe("[L1] a caller that waits for the nodes", () => {
  test("shares one query with all waiting callers, and returns once the nodes know its own change", async () => {
    const { questions, answered, wait } = asked();
    const waits = [wait(5n), wait(7n), wait(6n)];
    expect(questions.map(({ wanted }) => wanted)).toEqual([5n]);
    questions[0]?.answer("5");
    await turn();
    expect(answered).toEqual([5n]);
    expect(questions.map(({ wanted }) => wanted)).toEqual([5n, 6n]);
    questions[1]?.answer("9");
    await Promise.all(waits);
    expect(answered).toEqual([5n, 7n, 6n]);
  });

  test("does not use an earlier query: a node may have started since", async () => {
    const { questions, answered, wait } = asked();
    const waits = [wait(5n), wait(6n)];
    questions[0]?.answer(null);
    await turn();
    expect(answered).toEqual([5n]);
    questions[1]?.answer("5");
    await turn();
    expect(answered).toEqual([5n]);
    questions[2]?.answer("6");
    await Promise.all(waits);
  });

  test("returns after a lease and a margin, whatever the answer", async () => {
    const { questions, answered, wait } = asked();
    const waits = wait(5n);
    vi.advanceTimersByTime(2_099);
    await turn();
    expect(answered).toEqual([]);
    vi.advanceTimersByTime(1);
    await waits;
    expect(answered).toEqual([5n]);
    expect(questions).toHaveLength(1);
  });
});
