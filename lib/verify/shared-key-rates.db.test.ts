import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { TestRedis } from "@/e2e/support/redis-server";
import { findRedis, startRedis } from "@/e2e/support/redis-server";
import { SharedKeyRates } from "./shared-key-rates";
import { closeKeyRates, openKeyRates, takeFromKey } from "./take-from-key";

const program = findRedis();
const limit = { requests: 20, seconds: 60 };

describe.skipIf(program === undefined)(
  "[L12] with Redis (needs redis-server, which is not installed)",
  () => {
    let redis: TestRedis;
    let nodes: SharedKeyRates[];
    beforeAll(async () => {
      redis = await startRedis(program ?? "");
      nodes = [new SharedKeyRates(redis.url), new SharedKeyRates(redis.url)];
      await Promise.all(nodes.map((node) => node.connect()));
    });
    afterAll(() => {
      for (const node of nodes) node.close();
      redis.process.kill("SIGKILL");
    });
    const take = (node: number, keyId: string) => nodes[node]?.take(keyId, limit);

    test("of 100 requests at once to two nodes exactly the limit passes", async () => {
      const keyId = randomUUID();
      const states = await Promise.all(Array.from({ length: 100 }, (_, index) => take(index % 2, keyId)));
      expect(states.filter((state) => state?.allowed === true)).toHaveLength(20);
      expect(states.filter((state) => state?.allowed === false)).toHaveLength(80);
      expect(await take(0, keyId)).toEqual({
        allowed: false,
        remaining: 0,
        resetSeconds: 60,
        retryAfterSeconds: 60,
      });
      expect(await take(1, randomUUID())).toMatchObject({
        allowed: true,
        remaining: 19,
        retryAfterSeconds: 0,
      });
    });

    test("that hangs or is gone nobody waits for long, and when it is back it counts again", async () => {
      redis.process.kill("SIGSTOP");
      const started = performance.now();
      expect(await take(0, "a")).toBeNull();
      const waited = performance.now() - started;
      expect(waited).toBeGreaterThan(200);
      expect(waited).toBeLessThan(2_000);
      // All but the one that goes ahead every second are told at once.
      const [, ...others] = await Promise.all(Array.from({ length: 1_000 }, () => take(0, "a")));
      expect(others.every((state) => state === null)).toBe(true);
      expect(performance.now() - started - waited).toBeLessThan(500);
      redis.process.kill("SIGCONT");
      await vi.waitFor(async () => expect(await take(0, "a")).not.toBeNull(), {
        timeout: 10_000,
        interval: 200,
      });

      redis.process.kill("SIGKILL");
      await once(redis.process, "exit");
      expect(await take(0, "b")).toBeNull();
      redis = await startRedis(program ?? "", Number(new URL(redis.url).port));
      await vi.waitFor(async () => expect(await take(0, "b")).toMatchObject({ allowed: true }), {
        timeout: 10_000,
        interval: 200,
      });
    });

    test("a node counts there while it answers, by itself while it does not, and without one at once", async () => {
      const keyId = randomUUID();
      const once = { requests: 1, seconds: 60 };
      await openKeyRates({ redisUrl: redis.url });
      const states = [takeFromKey(keyId, once), nodes[0]?.take(keyId, once)];
      const allowed = (await Promise.all(states)).map((state) => state?.allowed);
      expect(allowed.sort()).toEqual([false, true]);
      redis.process.kill("SIGSTOP");
      const alone = [await takeFromKey(keyId, once), await takeFromKey(keyId, once)];
      expect(alone.map((state) => state.allowed)).toEqual([true, false]);
      redis.process.kill("SIGCONT");
      closeKeyRates();
      expect(takeFromKey(randomUUID(), once)).toMatchObject({ allowed: true, remaining: 0 });
      expect(takeFromKey(keyId, once)).toMatchObject({ allowed: false });
    });

    test("that is not there does not keep a node from starting", async () => {
      const alone = new SharedKeyRates("redis://127.0.0.1:1");
      await alone.connect();
      expect(await alone.take("a", limit)).toBeNull();
      alone.close();
    });
  },
);
