import { beforeAll, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { provideTestApi } from "@/e2e/support/api/test-api";
import { createTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization, value } from "@/e2e/support/data/test-organization";
import { underOneLease } from "@/e2e/support/timing/under-one-lease";
import { withBeforeCommit } from "@/lib/db/unit-of-work";
import { env, setEnv } from "@/lib/env";
import { log } from "@/lib/log";
import { showGauge } from "@/lib/metrics/counts";
import { revokeKey } from "@/lib/services/keys/revoke-key";
import { startChangeFeed, stopChangeFeed } from "@/lib/verify/changes/change-feed";
import { operations } from "../../all-operations";
import { openOperation } from "../../operate/operation";

const fails = openOperation({
  method: "get",
  path: "/v1/fails",
  operationId: "fail",
  summary: "Fails",
  description: "Fails.",
  tag: "Service",
  reach: "same-origin",
  answer: { status: 200, description: "Never.", schema: z.string(), example: "" },
  errors: [],
  handle: () => {
    throw new Error("It fails");
  },
});

// Trusts a proxy's claims about its client, which must not count for /metrics.
const api = provideTestApi([...operations, fails], ["127.0.0.0/8"]);
let organization: TestOrganization;
beforeAll(async () => {
  organization = await createTestOrganization("Measured");
});

const scrape = async () => (await api.call("/metrics")).text;
/** The value of a metric with its labels; 0 if it is absent. */
const read = (text: string, name: string) =>
  Number(
    text
      .split("\n")
      .find((line) => line.startsWith(`${name} `))
      ?.slice(name.length + 1) ?? 0,
  );

/** How much a value increased during the work. */
async function rise(name: string, work: () => Promise<unknown>): Promise<number> {
  const before = read(await scrape(), name);
  await work();
  return read(await scrape(), name) - before;
}

describe("the metrics", () => {
  test("are in the format of Prometheus, each with its type, and include the process", async () => {
    const { headers, text } = await api.call("/metrics");
    expect(headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
    for (const line of text.split("\n").filter((each) => each !== "")) {
      expect(line).toMatch(
        /^(?:# (?:HELP|TYPE) [a-z0-9_:]+ .+|[a-z0-9_:]+(?:\{[a-z]+="[^"\\]*"(?:,[a-z]+="[^"\\]*")*\})? (?:-?[\d.e+-]+|Nan))$/i,
      );
    }
    const named = [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name]) => name);
    expect(new Set(named).size).toBe(named.length);
    expect(named).toEqual(
      expect.arrayContaining(["process_resident_memory_bytes", "nodejs_eventloop_lag_seconds"]),
    );
  });

  test("are exported from the start, so that the first increase is visible", async () => {
    const text = await scrape();
    for (const name of [
      'verifications_total{code="RATE_LIMITED"}',
      'revocations_total{reason="leaked"}',
      'faults_total{code="unavailable"}',
      'changes_total{action="key.rolled"}',
    ]) {
      expect(text).toContain(`\nlatchkey_${name} 0\n`);
    }
  });

  test("count verifications by outcome", async () => {
    const caller = await createTestKey(organization);
    const keys = { keys: [{ key: caller.token }, { key: "lk_sk_short" }, { key: caller.token }] };
    const verifyAll = () =>
      api.call("/v1/keys/verify-batch", caller.token, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(keys),
      });
    expect(await rise('latchkey_verifications_total{code="VALID"}', verifyAll)).toBe(2);
    expect(await rise('latchkey_verifications_total{code="MALFORMED"}', verifyAll)).toBe(1);
    const verifyOne = () => api.verify({ key: caller.token }, caller.token);
    expect(await rise('latchkey_verifications_total{code="VALID"}', verifyOne)).toBe(1);
    expect(
      await rise('latchkey_request_duration_seconds_count{operation="verifyKey",status="200"}', verifyOne),
    ).toBe(1);
    const refused = () => api.verify({ key: caller.token }, "lk_sk_short");
    expect(
      await rise('latchkey_request_duration_seconds_count{operation="verifyKey",status="401"}', refused),
    ).toBe(1);
  });

  test("count requests by operation and status, and how long they took", async () => {
    const count = (labels: string) => `latchkey_request_duration_seconds_count{${labels}}`;
    expect(await rise(count('operation="readMe",status="401"'), () => api.call("/v1/me"))).toBe(1);
    expect(await rise(count('operation="none",status="404"'), () => api.call("/v1/nowhere"))).toBe(1);
    expect(
      await rise(count('operation="none",status="405"'), () =>
        api.call("/v1/me", undefined, { method: "PUT" }),
      ),
    ).toBe(1);
    const tooLarge = {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: "x".repeat(70_000),
    };
    const { token } = await createTestKey(organization);
    expect(
      await rise(count('operation="createKey",status="413"'), () => api.call("/v1/keys", token, tooLarge)),
    ).toBe(1);
    const text = await scrape();
    const labels = 'operation="readMe",status="401"';
    const bounds = [...text.matchAll(/_bucket\{operation="readMe",status="401",le="([^"]+)"\} (\d+)/g)];
    expect(bounds.at(-1)?.[1]).toBe("+Inf");
    const numbers = bounds.map(([, , number]) => Number(number));
    expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
    expect(numbers.at(-1)).toBe(read(text, count(labels)));
    const seconds = read(text, `latchkey_request_duration_seconds_sum{${labels}}`);
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThan(60);
  });

  test("count changes and revocations once they are committed, and no others", async () => {
    const key = async () => (await createTestKey(organization, { accessLevel: "MEMBER" })).id;
    const revoke = async (keyId: string) => revokeKey(await organization.as("OWNER"), { keyId });
    const revocations = 'latchkey_revocations_total{reason="person"}';
    const keyId = await key();
    expect(await rise(revocations, async () => value(await revoke(keyId)))).toBe(1);
    expect(await rise(revocations, () => revoke(keyId))).toBe(0);
    const other = await key();
    expect(await rise('latchkey_changes_total{action="key.revoked"}', () => revoke(other))).toBe(1);
    const third = await key();
    const interrupted = () =>
      withBeforeCommit(
        () => Promise.reject(new Error("Not today")),
        () => revoke(third),
      ).catch(() => undefined);
    expect(await rise(revocations, interrupted)).toBe(0);
  });

  test("count requests that failed because of the server", async () => {
    const error = vi.spyOn(log(), "error").mockImplementation(() => undefined);
    const fail = () => api.call("/v1/fails");
    expect(await rise('latchkey_faults_total{code="internal"}', fail)).toBe(1);
    const label = 'operation="fail",status="500"';
    expect(await rise(`latchkey_request_duration_seconds_count{${label}}`, fail)).toBe(1);
    error.mockRestore();
  });

  test("show the current state", async () => {
    expect(await scrape()).toContain("\nlatchkey_lease_seconds 0\n");
    await startChangeFeed();
    const seconds = await underOneLease(async () => read(await scrape(), "latchkey_lease_seconds"));
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThan(2);
    await stopChangeFeed();
    let level = 3;
    showGauge({ name: "latchkey_test_level", help: "A level.", read: () => level });
    expect(read(await scrape(), "latchkey_test_level")).toBe(3);
    level = 4;
    expect(read(await scrape(), "latchkey_test_level")).toBe(4);
  });
});

describe("who reads them", () => {
  const token = "0123456789abcdef0123456789abcdef";
  const status = async (headers: Record<string, string>, authorization?: string) =>
    (await api.call("/metrics", authorization, { headers })).status;

  test("are on this machine, or hold METRICS_TOKEN from anywhere", async () => {
    expect(await status({})).toBe(200);
    expect(await status({ "X-Forwarded-For": "127.0.0.1" })).toBe(403);
    expect(await status({ "X-Forwarded-For": "203.0.113.7" }, token)).toBe(403);
    setEnv({ ...env(), metricsToken: token });
    try {
      expect(await status({ "X-Forwarded-For": "203.0.113.7" }, token)).toBe(200);
      expect(await status({ "X-Forwarded-For": "203.0.113.7" }, `${token}0`)).toBe(403);
      expect(await status({ "X-Forwarded-For": "203.0.113.7" }, token.slice(1))).toBe(403);
      expect(await status({ "X-Forwarded-For": "203.0.113.7" })).toBe(403);
      expect(await status({ "X-Forwarded-For": "203.0.113.7", "X-API-Key": token })).toBe(403);
    } finally {
      setEnv({ ...env(), metricsToken: undefined });
    }
    expect(await status({ "X-Forwarded-For": "203.0.113.7" }, "undefined")).toBe(403);
  });

  test("are not web pages whose domain points here", async () => {
    const { host } = new URL(api.url);
    const ask = (name: string) =>
      api.exchange(`GET /metrics HTTP/1.1\r\nHost: ${name}\r\nConnection: close\r\n\r\n`);
    expect(await ask(host)).toMatch(/^HTTP\/1.1 200 /);
    expect(await ask("rebound.example")).toMatch(/^HTTP\/1.1 403 /);
  });
});
