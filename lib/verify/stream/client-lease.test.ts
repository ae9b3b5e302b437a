import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ClientLease } from "./client-lease";

let lease: ClientLease;

beforeEach(() => {
  vi.useFakeTimers();
  lease = new ClientLease();
  lease.grant(1650);
});
afterEach(() => {
  vi.useRealTimers();
});

/** The outcome of a change: undefined while the client may still use the old state. */
function added() {
  const change = lease.addChange();
  const state: { change: number; isAcknowledged?: boolean } = { change };
  void lease.forgotten(change).then((isAcknowledged) => {
    state.isAcknowledged = isAcknowledged;
  });
  return state;
}

test("[L1] a change is forgotten when the client acknowledges it or a later one", async () => {
  const [first, second, third] = [added(), added(), added()];
  lease.acknowledge(second.change);
  await vi.advanceTimersByTimeAsync(0);
  expect([first.isAcknowledged, second.isAcknowledged, third.isAcknowledged]).toEqual([
    true,
    true,
    undefined,
  ]);
  expect(lease.hasAcknowledgedAll()).toBe(false);
  lease.acknowledge(third.change);
  await vi.advanceTimersByTimeAsync(2000);
  expect([third.isAcknowledged, lease.hasAcknowledgedAll()]).toEqual([true, true]);
});

test("[L1] a change is forgotten when the lease is over, and stays unacknowledged", async () => {
  const state = added();
  await vi.advanceTimersByTimeAsync(1649);
  expect([state.isAcknowledged, lease.isHeld()]).toEqual([undefined, true]);
  await vi.advanceTimersByTimeAsync(1);
  expect([state.isAcknowledged, lease.isHeld(), lease.hasAcknowledgedAll()]).toEqual([false, false, false]);
  // The acknowledgement is late, but lets the client get a lease again.
  lease.acknowledge(state.change);
  expect(lease.hasAcknowledgedAll()).toBe(true);
});

test("[L1] an acknowledgement of a future change does not count", () => {
  lease.acknowledge(99);
  expect(lease.hasAcknowledgedAll()).toBe(true);
  added();
  expect(lease.hasAcknowledgedAll()).toBe(false);
});

test("[L1] an older acknowledgement that arrives late takes nothing back", () => {
  const [first, second] = [added(), added()];
  lease.acknowledge(second.change);
  lease.acknowledge(first.change);
  expect(lease.hasAcknowledgedAll()).toBe(true);
});

test("[L1] a lease that is given back holds up nothing", async () => {
  const state = added();
  lease.giveBack();
  await lease.over();
  expect([state.isAcknowledged, lease.isHeld()]).toEqual([true, false]);
});

test("[L1] a lease is over when the last one granted is", async () => {
  let isOver = false;
  void lease.over().then(() => {
    isOver = true;
  });
  await vi.advanceTimersByTimeAsync(1000);
  lease.grant(1650);
  await vi.advanceTimersByTimeAsync(1649);
  expect(isOver).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect(isOver).toBe(true);
});
