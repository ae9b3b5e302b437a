import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { setImmediate as turn } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { openTestDatabase } from "@/e2e/support/database/test-database";
import type { TestRedis } from "@/e2e/support/processes/redis-server";
import { findRedis, startRedis } from "@/e2e/support/processes/redis-server";
import type { RateState } from "@/lib/core/cell-rate";
import { log } from "@/lib/log";
import { Loaded, onceLoaded } from "../memory/loaded";
import { SharedKeyRates } from "./shared-key-rates";
import { closeKeyRates, openKeyRates, takeFromKey } from "./take-from-key";

const program = findRedis();
const limit = { requests: 20, seconds: 60 };

describe.skipIf(program === undefined)(
  "[L12] with Redis (needs redis-server, which is not installed)",
  () => {
    let redis: TestRedis;
    let nodes: SharedKeyRates[];
    let close: () => Promise<void>;
    beforeAll(async () => {
      ({ close } = await openTestDatabase());
      redis = await startRedis(program ?? "");
      nodes = [new SharedKeyRates(redis.url), new SharedKeyRates(redis.url)];
      await Promise.all(nodes.map((node) => node.connect()));
    });
    const warned = vi.spyOn(log(), "warn");
    afterAll(async () => {
      await close();
      for (const node of nodes) node.close();
      redis.process.kill("SIGKILL");
    });
    const take = async (node: number, keyId: string) => (await nodes[node]?.take(keyId, limit)) ?? null;

    /** Retries, because a node waits only a quarter of a second and this machine may pause that long. */
    const answered = <T>(ask: () => Promise<T | null>) => vi.waitUntil(ask, { timeout: 60_000 });

    /** Takes from a new key on both nodes at once; null if one of them got no answer. */
    async function takeTogether(count: number) {
      const keyId = randomUUID();
      const begun = performance.now();
      const states = await Promise.all(Array.from({ length: count }, (_, index) => take(index % 2, keyId)));
      const known = states.filter((state): state is RateState => state !== null);
      return known.length < count ? null : { keyId, begun, allowed: known.map(({ allowed }) => allowed) };
    }

    test("of 100 requests at once to two nodes exactly the limit passes", async () => {
      const { keyId, begun, allowed } = await answered(() => takeTogether(100));
      expect(allowed.filter((each) => each)).toHaveLength(20);
      const refused = await answered(() => take(0, keyId));
      expect(refused).toMatchObject({ allowed: false, remaining: 0 });
      const passed = Math.ceil((performance.now() - begun) / 1000);
      expect(refused.resetSeconds).toBeLessThanOrEqual(60);
      expect(refused.resetSeconds).toBeGreaterThanOrEqual(60 - passed);
      expect(refused.retryAfterSeconds).toBe(refused.resetSeconds);
      expect(await answered(() => take(1, randomUUID()))).toMatchObject({
        allowed: true,
        remaining: 19,
        retryAfterSeconds: 0,
      });
    });

    test("that hangs or is down delays nobody for long, and counts again once it is back", async () => {
      await answered(() => take(0, "a"));
      warned.mockClear();
      redis.process.kill("SIGSTOP");
      expect(await take(0, "a")).toBeNull();
      expect(warned.mock.calls).toMatchObject([[{ reason: "No answer within 250 ms" }, expect.any(String)]]);
      // All but the probe of each second are answered at once, before any reply could arrive.
      let told = 0;
      const asked = Array.from({ length: 1_000 }, () =>
        take(0, "a").then((state) => {
          told++;
          return state;
        }),
      );
      await turn();
      expect(told).toBeGreaterThanOrEqual(999);
      expect((await Promise.all(asked)).every((state) => state === null)).toBe(true);
      redis.process.kill("SIGCONT");
      await answered(() => take(0, "a"));

      redis.process.kill("SIGKILL");
      await once(redis.process, "exit");
      expect(await take(0, "b")).toBeNull();
      redis = await startRedis(program ?? "", Number(new URL(redis.url).port));
      expect(await answered(() => take(0, "b"))).toMatchObject({ allowed: true });
    });

    test("a raised limit continues from the counts of its period", async () => {
      const keyId = randomUUID();
      const asked = (requests: number) =>
        answered(async () => (await nodes[0]?.take(keyId, { requests, seconds: 3600 })) ?? null);
      for (let count = 0; count < 2; count++) expect(await asked(5)).toMatchObject({ allowed: true });
      const state = await asked(10);
      // One more may have been counted if an answer came too late.
      expect(state.remaining).toBeLessThanOrEqual(7);
      expect(await asked(2)).toMatchObject({ allowed: false });
    });

    test("a node counts in Redis while that answers, otherwise by itself, and at once if none is configured", async () => {
      const once = { requests: 1, seconds: 60 };
      const take = (id: string) => onceLoaded((loaded) => takeFromKey(id, once, "presented", loaded));
      await openKeyRates({ redisUrl: redis.url });
      let keyId = "";
      // Retries with another key if Redis did not answer in time.
      const together = async () => {
        keyId = randomUUID();
        const states = [take(keyId), nodes[0]?.take(keyId, once)];
        return (await Promise.all(states)).map((state) => state?.allowed).sort();
      };
      await expect.poll(together).toEqual([false, true]);
      redis.process.kill("SIGSTOP");
      const alone = [await take(keyId), await take(keyId)];
      expect(alone.map((state) => state.allowed)).toEqual([true, false]);
      redis.process.kill("SIGCONT");
      await closeKeyRates();
      expect(takeFromKey(randomUUID(), once, "presented", new Loaded())).toMatchObject({
        allowed: true,
        remaining: 0,
      });
      expect(await take(keyId)).toMatchObject({ allowed: false });
    });

    test("that is unreachable does not keep a node from starting", async () => {
      const alone = new SharedKeyRates("redis://127.0.0.1:1");
      await alone.connect();
      expect(await alone.take("a", limit)).toBeNull();
      alone.close();
    });
  },
);
