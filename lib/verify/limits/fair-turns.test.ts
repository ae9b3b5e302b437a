import { expect, test } from "vitest";
import { FairTurns } from "./fair-turns";

async function done(turns: FairTurns, asked: readonly string[]): Promise<string[]> {
  const order: string[] = [];
  await Promise.all(asked.map((who) => turns.take(who, async () => void order.push(who))));
  return order;
}

test("[L1] a tenant with a large backlog delays another's work by one item", async () => {
  const order = await done(new FairTurns(1), [...Array<string>(100).fill("greedy"), "quiet", "quiet"]);
  expect(order.indexOf("quiet")).toBeLessThanOrEqual(2);
  expect(order.lastIndexOf("quiet")).toBeLessThanOrEqual(4);
  expect(order).toHaveLength(102);
});

test("concurrency stays within the limit, and failed work frees its slot", async () => {
  const turns = new FairTurns(2);
  let running = 0;
  let most = 0;
  const work = async (index: number) => {
    most = Math.max(most, ++running);
    await Promise.resolve();
    running--;
    if (index % 3 === 0) throw new Error("failed");
  };
  const all = await Promise.allSettled(
    Array.from({ length: 30 }, (_, index) => turns.take(`tenant ${index % 4}`, () => work(index))),
  );
  expect(all.filter(({ status }) => status === "rejected")).toHaveLength(10);
  expect(most).toBe(2);
  expect(await turns.take("tenant 1", async () => "still runs")).toBe("still runs");
});
