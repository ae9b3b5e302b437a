import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { deferred } from "@/e2e/support/timing/deferred";
import { lazyCode } from "./lazy-code";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Lazy code that arrives when the test says so, one arrival per start. */
function arrivals() {
  const starts: { arrive: (code: string) => void; fail: () => void }[] = [];
  const lazy = lazyCode(
    () =>
      new Promise<string>((resolve, reject) => {
        starts.push({ arrive: resolve, fail: () => reject(new Error("gone")) });
      }),
  );
  return { lazy, starts };
}

test("code is loaded once however often it is requested, and every waiter gets it", async () => {
  const { lazy, starts } = arrivals();
  const told = vi.fn();
  const leave = lazy.subscribe(told);
  lazy.expect();
  const loads = [lazy.load(), lazy.load()];
  expect(lazy.loaded()).toBeNull();
  starts[0]?.arrive("code");
  expect(await Promise.all(loads)).toEqual([true, true]);
  expect(lazy.loaded()).toBe("code");
  expect(told).toHaveBeenCalledTimes(1);
  expect(await lazy.load()).toBe(true);
  expect(starts).toHaveLength(1);
  leave();
});

test("a failure is reported at once and not remembered: a retry starts again", async () => {
  const { lazy, starts } = arrivals();
  const first = lazy.load();
  starts[0]?.fail();
  expect(await first).toBe(false);
  expect(lazy.loaded()).toBeNull();
  const again = lazy.load();
  expect(starts).toHaveLength(2);
  starts[1]?.arrive("code");
  expect(await again).toBe(true);
  expect(lazy.loaded()).toBe("code");
});

test("after 15 seconds code counts as missing, but is used when it arrives later", async () => {
  const { lazy, starts } = arrivals();
  const told = deferred();
  lazy.subscribe(told.resolve);
  let answer: boolean | undefined;
  void lazy.load().then((isThere) => {
    answer = isThere;
  });
  await vi.advanceTimersByTimeAsync(14_999);
  expect(answer).toBeUndefined();
  await vi.advanceTimersByTimeAsync(1);
  expect(answer).toBe(false);
  starts[0]?.arrive("late");
  await told.promise;
  expect(lazy.loaded()).toBe("late");
  expect(await lazy.load()).toBe(true);
  expect(starts).toHaveLength(1);
});

test("a retry while the first attempt is still pending waits another 15 seconds", async () => {
  const { lazy, starts } = arrivals();
  const first = lazy.load();
  await vi.advanceTimersByTimeAsync(15_000);
  expect(await first).toBe(false);
  let answer: boolean | undefined;
  void lazy.load().then((isThere) => {
    answer = isThere;
  });
  await vi.advanceTimersByTimeAsync(14_999);
  expect(answer).toBeUndefined();
  starts[1]?.arrive("code");
  await vi.advanceTimersByTimeAsync(0);
  expect(answer).toBe(true);
});
