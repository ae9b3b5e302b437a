import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { NodeLease } from "./node-lease";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["performance", "Date"] });
});
afterEach(() => {
  vi.useRealTimers();
});

test("[L1] a lease counts from its request, not from its answer, and ends 300 ms early", () => {
  const lease = new NodeLease();
  expect(lease.isHeld()).toBe(false);
  const requestedAt = performance.now();
  const start = lease.request(2000);
  vi.advanceTimersByTime(1000);
  expect(lease.isHeld()).toBe(false);
  start();
  expect(lease.endsAt).toBe(requestedAt + 1700);
  vi.advanceTimersByTime(699);
  expect(lease.isHeld()).toBe(true);
  vi.advanceTimersByTime(1);
  expect([lease.isHeld(), lease.endsAt]).toEqual([false, 0]);
});

test("[L1] an answer after the lease's time starts no lease", () => {
  const lease = new NodeLease();
  const start = lease.request(2000);
  vi.advanceTimersByTime(1700);
  start();
  expect(lease.isHeld()).toBe(false);
});

test("[L1] a machine that slept holds no lease: its wall clock is ahead", () => {
  const lease = new NodeLease();
  lease.request(2000)();
  expect(lease.isHeld()).toBe(true);
  vi.setSystemTime(Date.now() + 1700);
  expect([lease.isHeld(), lease.endsAt]).toEqual([false, 0]);
});

test("[L1] a wall clock that is set back does not make a lease longer", () => {
  const lease = new NodeLease();
  lease.request(2000)();
  vi.setSystemTime(Date.now() - 60_000);
  vi.advanceTimersByTime(1700);
  expect(lease.isHeld()).toBe(false);
});

test("[L1] a lease that was ended is not held", () => {
  const lease = new NodeLease();
  lease.request(2000)();
  lease.end();
  expect([lease.isHeld(), lease.endsAt]).toEqual([false, 0]);
});
