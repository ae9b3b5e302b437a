import { expect, test, vi } from "vitest";
import { log } from "@/lib/log";
import { flushUsage, recordUse } from "./usage-recorder";

const state = () =>
  (globalThis as { latchkeyUsage?: { pending: Map<string, unknown>; unwritten: { calls: string }[][] } })
    .latchkeyUsage;
const at = new Date(0);
const use = (index: number) =>
  recordUse({
    ...{ organizationId: "o", keyId: String(index).padStart(16, "0"), secretId: "s" },
    ...{ at, address: null, client: null },
  });

// No database is open in this file, so no write succeeds.
test("[Y4] without a database the counts stay, bounded, and nothing fails", async () => {
  const logged = vi.spyOn(log(), "error").mockReturnValue(undefined);
  for (let index = 0; index < 100_010; index++) use(index);
  expect(state()?.pending.size).toBe(100_000);

  await flushUsage();
  expect(state()?.pending.size).toBe(0);
  const waiting = () =>
    state()
      ?.unwritten.flat(2)
      .flatMap(({ calls }) => JSON.parse(calls) as unknown[]);
  const first = waiting();
  // Plus one line for the organization.
  expect(first).toHaveLength(100_001);
  const failures = logged.mock.calls.length;

  // New counts are bounded too, and waiting ones are retried unchanged.
  for (let index = 0; index < 100_010; index++) use(index);
  await flushUsage();
  expect(waiting()).toEqual(first);
  expect(state()?.pending.size).toBe(100_000);
  expect(logged, "an outage is logged once").toHaveBeenCalledTimes(failures);
});
