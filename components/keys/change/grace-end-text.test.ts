import { expect, test } from "vitest";
import type { KeyRotation } from "@/lib/services/keys/read/usage/key-rotation";
import { graceEndText } from "./grace-end-text";

const at = new Date("2026-12-01T12:00:00Z");
const calls = { hours: [3], lastHour: 3, lastUsedAt: at };
const rotation: KeyRotation = {
  ...{ at, rolledAt: at, endsAt: at, from: at, silentHours: null, callers: [] },
  ...{ isRecent: false, previousIsUsed: true, current: calls, previous: calls },
};

test("[L3] the calls that ending the grace refuses are estimated from calls since the roll only", () => {
  expect(graceEndText(rotation)).toBe("Ending it now refuses about 3 calls an hour.");
  const recent = { ...rotation, isRecent: true };
  expect(graceEndText(recent)).toMatch(/^Used since the roll, .* too recent to say how many\.$/);
  expect(graceEndText({ ...recent, previousIsUsed: false })).toMatch(/^Not used since the roll/);
});
