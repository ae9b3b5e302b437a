import { expect, test } from "vitest";
import { testDatabaseKind } from "@/e2e/support/database/installation";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import { database } from "@/lib/db/client";
import { keepKeyRates } from "./kept-key-rates";
import { KeyRates } from "./key-rates";

provideTestDatabase();

const monthly = { requests: 10, seconds: 30 * 86_400 };

/** A node, from its start to its shutdown or its disappearance. */
async function node() {
  const rates = new KeyRates();
  const stop = await keepKeyRates(rates);
  return { stop, take: (keyId: string, limit = monthly) => rates.take(keyId, limit) };
}

/** The number of bytes of the database's log that are not yet on disk. */
async function inMemoryAlone(): Promise<number> {
  const [row] = await database().$queryRaw<{ bytes: number }[]>`
    SELECT (pg_current_wal_insert_lsn() - pg_current_wal_flush_lsn())::int AS bytes`;
  return row?.bytes ?? Number.NaN;
}

test("[L12] a restart does not refill a key's quota for a long period", async () => {
  const first = await node();
  for (let count = 0; count < 7; count++) first.take("monthly");
  for (let count = 0; count < 10; count++) first.take("used up");
  first.take("short", { requests: 1, seconds: 5 });
  await first.stop();
  const second = await node();
  expect(second.take("monthly")).toMatchObject({ allowed: true, remaining: 2 });
  expect(second.take("used up").allowed).toBe(false);
  expect(second.take("short", { requests: 1, seconds: 5 }).allowed).toBe(true);
  expect(second.take("new")).toMatchObject({ remaining: 9 });
  // The limit was raised while no node ran.
  expect(second.take("used up", { ...monthly, requests: 20 })).toMatchObject({ allowed: true, remaining: 9 });
  await second.stop();
  const third = await node();
  expect(third.take("monthly")).toMatchObject({ remaining: 1 });
  expect(third.take("used up", { ...monthly, requests: 20 })).toMatchObject({ remaining: 8 });
  await third.stop();
});

test("[L12] of several nodes' counts the highest is kept, whichever node stops last", async () => {
  const [busy, idle] = [await node(), await node()];
  for (let count = 0; count < 8; count++) busy.take("shared");
  idle.take("shared");
  await busy.stop();
  await idle.stop();
  const next = await node();
  expect(next.take("shared")).toMatchObject({ remaining: 1 });
  await next.stop();
});

test("[L12] counts are stored within about a second, without a shutdown", async () => {
  const killed = await node();
  for (let count = 0; count < 9; count++) killed.take("killed");
  await expect.poll(() => database().keyRate.count({ where: { keyId: "killed" } })).toBe(1);
  // PostgreSQL writes its log to disk by itself. The embedded database could keep it in the process's memory.
  if (testDatabaseKind() === "embedded") expect(await inMemoryAlone()).toBe(0);
  const next = await node();
  expect(next.take("killed")).toMatchObject({ remaining: 0 });
  await Promise.all([killed.stop(), next.stop()]);
});

test("[L12] a thousand keys are stored at once, and all read back", async () => {
  const full = await node();
  for (let key = 0; key < 1200; key++) full.take(`many ${key}`, { requests: 1, seconds: 3600 });
  await full.stop();
  const next = await node();
  const allowed = Array.from({ length: 1200 }, (_, key) =>
    next.take(`many ${key}`, { requests: 1, seconds: 3600 }),
  );
  expect(allowed.filter((state) => state.allowed)).toEqual([]);
  await next.stop();
});
