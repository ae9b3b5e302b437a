import fc from "fast-check";
import { expect, test } from "vitest";
import { SharedRoom } from "./shared-room";

test("[L10] an organization gets no more than its own limit", () => {
  const room = new SharedRoom(10, 100);
  expect([room.take("a", 6), room.take("a", 5), room.take("a", 4), room.take("a", 1)]).toEqual([
    ...[true, false, true, false],
  ]);
  room.giveBack("a", 6);
  expect(room.take("a", 6)).toBe(true);
});

test("[L10] when all room is taken, only those with less than the others get more", () => {
  const room = new SharedRoom(60, 100);
  for (let each = 0; each < 6; each++) room.take("greedy", 10);
  for (let each = 0; each < 4; each++) room.take("busy", 10);
  expect(room.take("greedy", 1)).toBe(false);
  expect(room.take("new", 10)).toBe(true);
  expect(room.take("new", 10)).toBe(true);
  expect(room.take("busy", 1)).toBe(false);
  room.giveBack("greedy", 60);
  expect(room.take("busy", 1)).toBe(true);
});

test("[L10] organizations that come one after another do not get their full limit each", () => {
  const room = new SharedRoom(10, 20);
  let all = 0;
  for (let each = 0; each < 50; each++) {
    for (let size = 0; size < 10; size++) if (room.take(String(each), 1)) all++;
  }
  expect(all).toBeLessThanOrEqual(40);
});

test("[L10] the total is bounded, and all of it is given back", () => {
  const requests = fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 1, max: 8 })), {
    maxLength: 300,
  });
  fc.assert(
    fc.property(requests, (asked) => {
      const room = new SharedRoom(40, 100);
      const taken = asked.filter(([of, size]) => room.take(String(of), size));
      expect(taken.reduce((sum, [, size]) => sum + size, 0)).toBeLessThanOrEqual(200);
      for (const [of, size] of taken) room.giveBack(String(of), size);
      expect(room.take("x", 40)).toBe(true);
    }),
  );
});
