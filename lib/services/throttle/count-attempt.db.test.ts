import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import { database } from "@/lib/db/client";
import { clearAttempts } from "./clear-attempts";
import { countAttempt } from "./count-attempt";
import { returnAttempt } from "./return-attempt";
import type { Throttle } from "./throttle";
import { throttleKey } from "./throttle";

provideTestDatabase();

const minuteMs = 60_000;
const throttle: Throttle = { name: "test", attempts: 10, windowMs: 15 * minuteMs };
const start = new Date("2026-01-01T00:00:00.000Z");
const after = (milliseconds: number) => new Date(start.getTime() + milliseconds);

async function allowed(subject: string, at: Date, attempts: number): Promise<number> {
  const answers = await Promise.all(
    Array.from({ length: attempts }, () => countAttempt(throttle, subject, at)),
  );
  return answers.filter(({ retryAt }) => retryAt === null).length;
}

test("ten of 50 simultaneous attempts are allowed", async () => {
  expect(await allowed(randomUUID(), start, 50)).toBe(10);
});

test("a refused attempt says when the window ends, and does not move it", async () => {
  const subject = randomUUID();
  await allowed(subject, start, 10);
  for (const milliseconds of [0, minuteMs, 15 * minuteMs - 1]) {
    expect((await countAttempt(throttle, subject, after(milliseconds))).retryAt).toEqual(
      after(15 * minuteMs),
    );
  }
  expect((await countAttempt(throttle, subject, after(15 * minuteMs))).retryAt).toBeNull();
});

test("exactly one refused attempt in a window is the first", async () => {
  const subject = randomUUID();
  const answers = await Promise.all(Array.from({ length: 30 }, () => countAttempt(throttle, subject, start)));
  expect(answers.filter(({ isFirstRefusal }) => isFirstRefusal)).toHaveLength(1);
  await returnAttempt(throttle, subject);
  expect(await allowed(subject, start, 5)).toBe(1);
});

test("a new window allows the full number again", async () => {
  const subject = randomUUID();
  await allowed(subject, start, 30);
  expect(await allowed(subject, after(15 * minuteMs), 30)).toBe(10);
});

test("subjects do not share their attempts", async () => {
  const [first, second] = [randomUUID(), randomUUID()];
  await allowed(first, start, 10);
  expect(await allowed(second, start, 10)).toBe(10);
});

test("cleared attempts are forgotten", async () => {
  const subject = randomUUID();
  await allowed(subject, start, 20);
  await clearAttempts(throttle, subject);
  expect(await allowed(subject, start, 20)).toBe(10);
});

test("returning one attempt allows one more", async () => {
  const subject = randomUUID();
  await allowed(subject, start, 10);
  await returnAttempt(throttle, subject);
  expect(await allowed(subject, start, 5)).toBe(1);
});

test("returning an uncounted attempt gives no credit", async () => {
  const subject = randomUUID();
  await countAttempt(throttle, subject, start);
  for (let time = 0; time < 5; time++) await returnAttempt(throttle, subject);
  expect(await allowed(subject, start, 20)).toBe(10);
});

test("opening a window removes expired windows, but none that still count", async () => {
  const [over, live] = [randomUUID(), randomUUID()];
  await countAttempt(throttle, over, start);
  await countAttempt(throttle, live, after(60 * minuteMs));
  await countAttempt(throttle, randomUUID(), after(25 * 60 * minuteMs + 1));
  const left = await database().throttle.findMany({
    where: { key: { in: [over, live].map((subject) => throttleKey(throttle, subject)) } },
  });
  expect(left.map(({ key }) => key)).toEqual([throttleKey(throttle, live)]);
});
