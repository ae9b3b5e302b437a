import { expect, test, vi } from "vitest";
import { log } from "@/lib/log";
import { flushUsage, recordUse } from "./usage-recorder";

const state = () =>
  (globalThis as { latchkeyUsage?: { pending: Map<string, { calls: Map<number, number> }> } }).latchkeyUsage;
const at = new Date(0);
const use = (index: number) =>
  recordUse({ keyId: String(index).padStart(16, "0"), secretId: "s", at, address: null, client: null });

// No database is open here, so no write succeeds.
test("[Y4] without a database the counts stay, bounded, and nothing fails", async () => {
  const logged = vi.spyOn(log(), "error").mockReturnValue(undefined);
  for (let index = 0; index < 100_010; index++) use(index);
  expect(state()?.pending.size).toBe(100_000);

  const flushed = flushUsage();
  // Others arrive while the first are on their way, and the first have to fit in beside them.
  for (let index = 200_000; index < 200_010; index++) use(index);
  use(0);
  await flushed;
  expect(state()?.pending.size).toBe(100_000);
  expect(state()?.pending.get("0".repeat(16))?.calls).toEqual(new Map([[0, 2]]));

  await flushUsage();
  expect(logged, "an outage is logged once").toHaveBeenCalledTimes(1);
});
