import { cpSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createTestKey } from "@/e2e/support/data/test-key";
import { createTestOrganization } from "@/e2e/support/data/test-organization";
import { createInstallation, testDatabaseKind } from "@/e2e/support/database/installation";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import { underOneLease } from "@/e2e/support/timing/under-one-lease";
import { startChangeFeed, stopChangeFeed } from "@/lib/verify/changes/change-feed";
import { judgeToken } from "@/lib/verify/verdict/judge-token";
import { database, inTransaction, listen, runPrepared } from "../client";
import type { Driver } from "../driver";
import { isOutage } from "../outage";
import { openEmbedded } from "./embedded";

const isEmbedded = testDatabaseKind() === "embedded";
const statement = (text: string, values: readonly unknown[] = []) => ({
  name: text.slice(0, 60),
  text,
  values,
});

describe.runIf(isEmbedded)("the embedded database", () => {
  provideTestDatabase();
  beforeAll(async () => {
    await database().$executeRaw`CREATE TABLE notes (id int PRIMARY KEY, text text)`;
  });

  test("leaves the process free while a statement runs: timers fire, and cached keys are verified", async () => {
    await startChangeFeed();
    const { token } = await createTestKey(await createTestOrganization("Free"));
    const order: string[] = [];
    await underOneLease(async () => {
      await judgeToken(token, {}, new Date());
      order.splice(0);
      const slow = statement("SELECT count(*) FROM generate_series(1, 1000000)");
      const answered = runPrepared(slow).then(() => order.push("answered"));
      for (let count = 0; count < 3; count++) await sleep(1);
      order.push("three timers", (await judgeToken(token, {}, new Date())).code);
      await answered;
    });
    await stopChangeFeed();
    expect(order).toEqual(["three timers", "VALID", "answered"]);
  });

  test("rolls back a transaction that took too long, and leaves the next user outside it", async () => {
    const late = database().$transaction(
      async (transaction) => {
        await transaction.$executeRaw`INSERT INTO notes VALUES (1, 'late')`;
        await transaction.$executeRaw`SET LOCAL statement_timeout = 12345`;
        await transaction.$queryRaw`SELECT pg_advisory_xact_lock(1)::text`;
        await sleep(300);
        await transaction.$executeRaw`INSERT INTO notes VALUES (2, 'later')`;
      },
      { timeout: 50 },
    );
    const next = inTransaction(
      (transaction) => transaction.$queryRaw`SELECT count(*)::int AS notes,
        current_setting('statement_timeout') AS timeout, (SELECT count(*)::int FROM pg_locks
        WHERE locktype = 'advisory') AS locks FROM notes`,
    );
    await expect(late).rejects.toThrow(/expired transaction/i);
    expect(await next).toEqual([{ notes: 0, timeout: "0", locks: 0 }]);
  });

  test("gives the next connection a session of its own, whatever the last one left in it", async () => {
    const heard: (string | null)[] = [];
    const stop = await listen("notes", (payload) => heard.push(payload));
    const one = statement("SELECT id FROM notes WHERE id = $1", [1]);
    await runPrepared(one);
    // pg discards a connection whose statement failed.
    const broken = statement("BEGIN; SET TIME ZONE 'Asia/Tokyo'; INSERT INTO notes VALUES (3); SELECT 1 / 0");
    await expect(runPrepared({ ...broken, name: "" })).rejects.toMatchObject({ code: "22012" });
    expect(await runPrepared(one)).toEqual([]);
    const state = statement("SELECT current_setting('TimeZone') AS zone, count(*)::int FROM notes");
    expect(await runPrepared(state)).toEqual([{ zone: "UTC", count: 0 }]);
    await inTransaction((transaction) => transaction.$executeRaw`NOTIFY notes, 'still here'`);
    expect(heard).toEqual(["still here"]);
    await stop();
  });

  test("carries statements and answers of ten megabytes", async () => {
    const text = "0123456789".repeat(1_000_000);
    const [echoed] = await runPrepared<{ text: string }>(statement("SELECT $1::text AS text", [text]));
    expect(echoed?.text === text).toBe(true);
    const rows = await runPrepared<{ n: number }>(
      statement("SELECT n, repeat('x', 1000) FROM generate_series(1, 10000) AS n"),
    );
    expect(rows.map(({ n }) => n)).toEqual(Array.from({ length: 10_000 }, (_, index) => index + 1));
    const nested = statement("SELECT repeat('[', 100000)::jsonb");
    await expect(runPrepared(nested)).rejects.toMatchObject({ code: /^(22P02|54001)$/ });
  });
});

describe.runIf(isEmbedded)("an embedded database whose files are damaged", () => {
  let dataDir: string;
  const control = (suffix = "") => join(dataDir, `postgres/global/pg_control${suffix}`);
  beforeEach(async () => {
    ({ dataDir } = await createInstallation());
  });

  test("is refused at the start with PostgreSQL's own words, and its lock is free again", async () => {
    cpSync(control(), control(".kept"));
    writeFileSync(control(), "");
    await expect(openEmbedded(dataDir, () => {})).rejects.toThrow(/^The embedded database stopped: .+/);
    renameSync(control(".kept"), control());
    const driver = await openEmbedded(dataDir, () => expect.unreachable());
    await driver.close();
  });

  test("stops for good when it notices: all waiting calls fail, and acknowledged changes are kept", async () => {
    const lost: string[] = [];
    let driver: Driver = await openEmbedded(dataDir, ({ message }) => lost.push(message));
    await driver.runPrepared(statement("CREATE TABLE notes (id int)"));
    await driver.runPrepared(statement("INSERT INTO notes VALUES (7)"));
    renameSync(control(), control(".kept"));
    const waiting = [statement("CHECKPOINT"), statement("SELECT 1"), statement("SELECT 2")];
    const answers = await Promise.allSettled(waiting.map((each) => driver.runPrepared(each)));
    for (const answer of answers) {
      expect(answer).toMatchObject({ status: "rejected" });
      expect(isOutage((answer as PromiseRejectedResult).reason)).toBe(true);
    }
    expect(lost).toEqual([expect.stringMatching(/^The embedded database stopped: PANIC: .*pg_control/)]);
    await expect(driver.runPrepared(statement("SELECT 3"))).rejects.toSatisfy((error) => isOutage(error));
    await expect(driver.close()).rejects.toSatisfy((error) => isOutage(error));

    renameSync(control(".kept"), control());
    driver = await openEmbedded(dataDir, () => expect.unreachable());
    expect(await driver.runPrepared(statement("SELECT id FROM notes"))).toEqual([{ id: 7 }]);
    await driver.close();
  });

  test("refuses calls with an exclusive connection, and says why it stops", async () => {
    const lost: string[] = [];
    const driver = await openEmbedded(dataDir, ({ message }) => lost.push(message));
    renameSync(control(), control(".kept"));
    const script = driver.withConnection((connection) => connection.script("CHECKPOINT"));
    await expect(script).rejects.toSatisfy((error) => isOutage(error));
    expect(lost).toEqual([expect.stringContaining("pg_control")]);
    await expect(driver.close()).rejects.toSatisfy((error) => isOutage(error));
    renameSync(control(".kept"), control());
  });
});
