import { beforeAll, describe, expect, test } from "vitest";
import { provideTestApi, statusAndCode } from "@/e2e/support/api/test-api";
import type { TestKey } from "@/e2e/support/data/test-key";
import { createTestKey } from "@/e2e/support/data/test-key";
import { createTestOrganization } from "@/e2e/support/data/test-organization";
import { underOneLease } from "@/e2e/support/timing/under-one-lease";
import { closeDatabase, database } from "@/lib/db/client";
import { openDatabase } from "@/lib/db/open-database";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { stopping } from "@/lib/services/health/read-readiness";
import { startChangeFeed, stopChangeFeed } from "@/lib/verify/changes/change-feed";

const api = provideTestApi();
let key: TestKey;

beforeAll(async () => {
  key = await createTestKey(await createTestOrganization("Health"));
});

describe("health", () => {
  test("is served at /healthz and /readyz", async () => {
    const { json, headers } = await api.call("/healthz");
    expect(json).toEqual({ status: "ok" });
    expect(headers.get("access-control-allow-origin")).toBeNull();
    expect((await api.call("/readyz")).json).toEqual({ status: "ready", lease: "none" });
  });

  test("shows at /readyz whether the process may answer from memory", async () => {
    await startChangeFeed();
    const held = await underOneLease(async () => (await api.call("/readyz")).json);
    expect(held).toEqual({ status: "ready", lease: "held" });
    await stopChangeFeed();
    expect((await api.call("/readyz")).json).toEqual({ status: "ready", lease: "none" });
  });

  test("is not ready while a migration is missing", async () => {
    const { id } = await database().$queryRaw<{ id: string }[]>`
      UPDATE _prisma_migrations SET finished_at = NULL RETURNING id`.then(([row]) => row ?? { id: "" });
    const answer = await api.call("/readyz");
    await database().$executeRaw`UPDATE _prisma_migrations SET finished_at = now() WHERE finished_at IS NULL`;
    expect(id).not.toBe("");
    expect(statusAndCode(answer)).toEqual([503, "unavailable"]);
    expect((await api.call("/readyz")).status).toBe(200);
  });

  test("is live but not ready while the process stops", async () => {
    stopping().begun = true;
    const [ready, alive] = [await api.call("/readyz"), await api.call("/healthz")];
    delete stopping().begun;
    expect(statusAndCode(ready)).toEqual([503, "unavailable"]);
    expect(alive.status).toBe(200);
  });

  test("[L1] is not ready without a database, and no key is accepted", async () => {
    await closeDatabase();
    const { level } = log();
    log().level = "silent";
    const answers = [
      await api.call("/readyz"),
      await api.call("/v1/me", key.token),
      await api.verify({ key: key.token }, key.token),
    ];
    log().level = level;
    const alive = await api.call("/healthz");
    await openDatabase(env());
    for (const answer of answers) expect(statusAndCode(answer)).toEqual([503, "unavailable"]);
    expect(answers.map(({ text }) => text).join()).not.toMatch(/stack|\.ts|prisma/i);
    expect(alive.status).toBe(200);
    expect((await api.call("/v1/me", key.token)).status).toBe(200);
  });
});
