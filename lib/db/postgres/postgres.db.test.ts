import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestOrganization } from "@/e2e/support/data/test-organization";
import { openTestDatabase } from "@/e2e/support/database/test-database";
import { TcpProxy } from "@/e2e/support/processes/tcp-proxy";
import { deferred } from "@/e2e/support/timing/deferred";
import { database } from "../client";
import type { Driver } from "../driver";
import { PrismaClient } from "../generated/client";
import { isOutage } from "../outage";
import { openPostgres } from "./postgres";

describe.runIf(process.env.LATCHKEY_TEST_DATABASE === "postgres")(
  "a node in the middle of a transaction",
  () => {
    let close: () => Promise<void>;
    let proxy: TcpProxy;
    let driver: Driver;
    let node: PrismaClient;
    beforeAll(async () => {
      const opened = await openTestDatabase();
      close = opened.close;
      const url = new URL(opened.env.databaseUrl ?? "");
      proxy = await TcpProxy.start({ host: url.hostname, port: Number(url.port) });
      url.host = `127.0.0.1:${proxy.port}`;
      driver = openPostgres(url.href);
      node = new PrismaClient({ adapter: driver.adapter });
    });
    afterAll(async () => {
      await proxy.heal();
      await node.$disconnect();
      await driver.close();
      await proxy.close();
      await close();
    });

    test("[L1] that goes silent loses its locks after five seconds, and works again afterwards", async () => {
      const { id } = await createTestOrganization("Locked");
      const lock = (client: Pick<PrismaClient, "$queryRaw">) =>
        client.$queryRaw`SELECT 1 AS one FROM organizations WHERE id = ${id}::uuid FOR UPDATE`;
      const [locked, silence] = [deferred(), deferred()];
      // Taken before the lock, from which the database counts, because this process may pause in between.
      const begun = performance.now();
      const work = node
        .$transaction(
          async (transaction) => {
            await lock(transaction);
            locked.resolve();
            await silence.promise;
            await lock(transaction);
          },
          { timeout: 60_000 },
        )
        .catch((error: unknown) => error);
      await locked.promise;
      proxy.stall();
      expect(await lock(database())).toHaveLength(1);
      expect(performance.now() - begun).toBeGreaterThan(3000);
      await proxy.heal();
      silence.resolve();
      expect(isOutage(await work)).toBe(true);
      expect(await lock(node)).toHaveLength(1);
    });

    test("has the database end a statement when it gives up on it, and lets a migration take its time", async () => {
      const [row] = await node.$queryRaw<{ limit: string }[]>`
        SELECT current_setting('statement_timeout') AS limit`;
      expect(row).toEqual({ limit: "20s" });
      const ask = `SELECT current_setting('statement_timeout') AS limit`;
      expect(await driver.withConnection((connection) => connection.query(ask))).toEqual([{ limit: "0" }]);
    });

    test("[L1] that is paused during a verification still gets its answer", async () => {
      const ask = () =>
        driver.runPrepared<{ one: number }>({ name: "one", text: "SELECT 1 AS one", values: [] });
      await ask();
      const answer = ask();
      answer.catch(() => undefined);
      // The query has been sent. The response is read when this process continues, after its timers.
      await new Promise((resolve) => setImmediate(resolve));
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2_100);
      expect(await answer).toEqual([{ one: 1 }]);
    });
  },
);
