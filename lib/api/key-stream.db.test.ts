import { randomUUID } from "node:crypto";
import { once } from "node:events";
import type { ClientRequest, IncomingMessage } from "node:http";
import { request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { TestApi } from "@/e2e/support/test-api";
import { openTestApi } from "@/e2e/support/test-api";
import type { TestKey } from "@/e2e/support/test-key";
import { createTestKey } from "@/e2e/support/test-key";
import type { TestOrganization } from "@/e2e/support/test-organization";
import { createTestOrganization, value } from "@/e2e/support/test-organization";
import { tokenClient } from "@/e2e/support/test-tokens";
import type { ClientLine } from "@/lib/core/key-wire";
import { database } from "@/lib/db/client";
import { env } from "@/lib/env";
import { revokeKey } from "@/lib/services/keys/revoke-key";
import { organizationPeppers } from "@/lib/token/secret";
import { startChangeFeed, stopChangeFeed } from "@/lib/verify/change-feed";
import { flushUsage } from "@/lib/verify/usage-recorder";

// Clients that do not do as the library does.

let api: TestApi;
let organization: TestOrganization;
let caller: TestKey;
const open: ClientRequest[] = [];

beforeAll(async () => {
  api = await openTestApi();
  await startChangeFeed();
  organization = await createTestOrganization("Stream");
  caller = await createTestKey(organization, { roles: ["key_verifier"] });
});
afterEach(() => {
  for (const each of open.splice(0)) each.destroy();
});
afterAll(async () => {
  await stopChangeFeed();
  await api.close();
});

function begin(headers: Record<string, string>): ClientRequest {
  const options = { method: "POST", agent: false, headers: { "Transfer-Encoding": "chunked", ...headers } };
  const opened = request(`${api.url}/v1/keys/stream`, options);
  opened.on("error", () => undefined);
  opened.flushHeaders();
  open.push(opened);
  return opened;
}

async function refusal(headers: Record<string, string>) {
  const [response] = (await once(begin(headers), "response")) as [IncomingMessage];
  let text = "";
  for await (const chunk of response.setEncoding("utf8")) text += chunk;
  return { status: response.statusCode, json: JSON.parse(text), type: response.headers["content-type"] };
}

type Stream = {
  readonly say: (line: ClientLine | string) => void;
  /** All that was said. */
  readonly heard: () => string;
  /** Waits for the first line with this member. */
  readonly line: (member: string) => Promise<Record<string, unknown>>;
  readonly cut: () => void;
  readonly closed: Promise<unknown>;
};

async function stream(key = caller.token): Promise<Stream> {
  const opened = begin({ Authorization: `Bearer ${key}` });
  const [response] = (await once(opened, "response")) as [IncomingMessage];
  expect(response.statusCode).toBe(200);
  let text = "";
  response.setEncoding("utf8").on("data", (chunk) => {
    text += chunk;
  });
  response.on("error", () => undefined);
  const closed = new Promise((resolve) => response.once("close", resolve));
  const line = async (member: string) => {
    for (;;) {
      const found = text
        .split("\n")
        .slice(0, -1)
        .map((each) => JSON.parse(each))
        .find((each) => member in each);
      if (found !== undefined) return found;
      await sleep(5);
    }
  };
  return {
    say: (said) => opened.write(`${typeof said === "string" ? said : JSON.stringify(said)}\n`),
    heard: () => text,
    line,
    cut: () => opened.socket?.destroy(),
    closed,
  };
}

/** Asks for leases until one is granted; gives the moment on performance.now() when it is out. */
async function lease({ say, heard }: Stream): Promise<number> {
  for (let renewal = 1; ; renewal++) {
    const sentAt = performance.now();
    say({ renew: renewal });
    const answer = new RegExp(`\\{"lease":${renewal},"ms":(\\d+)`);
    while (!answer.test(heard())) await sleep(2);
    const ms = Number(answer.exec(heard())?.[1]);
    expect(ms).toBeLessThanOrEqual(2000);
    if (ms > 0) return sentAt + ms;
    await sleep(100);
  }
}

async function revoke(key: TestKey): Promise<void> {
  value(await revokeKey(await organization.as("OWNER"), { keyId: key.id }));
}

describe("[J3] a stream is refused", () => {
  test("without a key, with one that is no good, and with one that may not verify", async () => {
    expect(await refusal({})).toMatchObject({ status: 401, json: { code: "key_missing" } });
    expect(await refusal({ "X-API-Key": "lk_sk_x" })).toMatchObject({
      status: 401,
      json: { code: "key_malformed" },
    });
    const weak = await createTestKey(organization, { roles: ["auditor"] });
    const weakly = await createTestKey(organization, { type: "public" });
    const { accessToken } = await tokenClient(await createTestKey(organization)).issue(new Date());
    for (const token of [weak.token, weakly.token]) {
      const refused = await refusal({ Authorization: `Bearer ${token}` });
      expect(refused).toMatchObject({
        status: 403,
        json: { code: "forbidden" },
        type: "application/problem+json",
      });
    }
    // A token that ends within minutes is no key.
    expect((await refusal({ Authorization: `Bearer ${accessToken}` })).status).toBe(403);
  });

  test("to nobody's browser: a secret key from a page of another site", async () => {
    const refused = await refusal({
      Authorization: `Bearer ${caller.token}`,
      Origin: "https://evil.example",
    });
    expect(refused.status).toBe(403);
  });
});

test("[Y3] a stream tells no token, no pepper of the server and nothing of another organization", async () => {
  const other = await createTestOrganization("Other");
  const theirs = await createTestKey(other, { name: "Theirs" });
  const mine = await createTestKey(organization, { name: "Mine" });
  const { line, heard } = await stream();
  await line("loaded");
  const text = heard();
  expect(text).toContain("Mine");
  for (const hidden of [theirs.id, "Theirs", other.id, mine.token, mine.token.slice(22, 40)]) {
    expect(text).not.toContain(hidden);
  }
  const { peppers } = env();
  for (const pepper of [
    ...peppers.byVersion.values(),
    ...organizationPeppers(peppers, other.id).byVersion.values(),
  ]) {
    for (const encoding of ["base64", "base64url", "hex", "utf8"] as const) {
      expect(text).not.toContain(pepper.toString(encoding));
    }
  }
});

describe("[L1] a revocation is answered when no client can judge by what was before:", () => {
  test("one that hears of it and says nothing has no lease any more, and is sent away", async () => {
    const key = await createTestKey(organization);
    const silent = await stream();
    await silent.line("loaded");
    const leaseEndsAt = await lease(silent);
    await revoke(key);
    expect(performance.now()).toBeGreaterThanOrEqual(leaseEndsAt);
    expect(await silent.line("changed")).toMatchObject({ keyIds: [key.id] });
    expect(await silent.line("end")).toBeDefined();
  });

  test("one whose connection was cut has no lease any more", async () => {
    const key = await createTestKey(organization);
    const lost = await stream();
    await lost.line("loaded");
    const leaseEndsAt = await lease(lost);
    lost.cut();
    await lost.closed;
    await revoke(key);
    expect(performance.now()).toBeGreaterThanOrEqual(leaseEndsAt);
  });

  test("while one has not acknowledged it gets no lease, whatever it asks", async () => {
    // Whoever says nothing for two seconds is sent away, and a busy machine may stand still for as long.
    for (let attempt = 1; ; attempt++) {
      const key = await createTestKey(organization);
      const greedy = await stream();
      await greedy.line("loaded");
      await lease(greedy);
      const revoked = revoke(key);
      const { changed } = await greedy.line("changed");
      greedy.say({ renew: 1_000_001 });
      await expect.poll(greedy.heard).toMatch(/\{"lease":1000001,|\{"end":/);
      const answer = /\{"lease":1000001,"ms":(\d+),/.exec(greedy.heard());
      greedy.say({ acknowledged: Number(changed) });
      await revoked;
      // And then it does again.
      const then = await Promise.race([
        lease(greedy).then(() => "a lease"),
        greedy.closed.then(() => "sent away"),
      ]);
      if (attempt < 5 && (answer === null || then === "sent away")) continue;
      expect([answer?.[1], then]).toEqual(["0", "a lease"]);
      break;
    }
  });

  test("one that said that it has ended is not waited for, and its word is only taken when it says it", async () => {
    // Quicker than the lease, which a busy machine may need some attempts to show.
    for (let attempt = 1; ; attempt++) {
      const key = await createTestKey(organization);
      const leaving = await stream();
      await leaving.line("loaded");
      const leaseEndsAt = await lease(leaving);
      leaving.say({ ended: true });
      await leaving.closed;
      await revoke(key);
      if (performance.now() < leaseEndsAt || attempt === 10) {
        expect(performance.now()).toBeLessThan(leaseEndsAt);
        break;
      }
    }
  });
});

test("a line that is not of the protocol ends the stream, and so does one without an end", async () => {
  for (const line of ["nonsense", '{"renew":1,"more":1}', '{"used":[["a"]]}']) {
    const talking = await stream();
    talking.say(line);
    expect(await talking.line("end")).toEqual({ end: "This line is not one of the protocol." });
    await talking.closed;
  }
  const endless = await stream();
  endless.say("x".repeat(300_000).replace("\n", ""));
  await endless.closed;
});

test("uses of another organization's keys, and what is no use, are not counted", async () => {
  const other = await createTestOrganization("Uncounted");
  const theirs = await createTestKey(other);
  const mine = await createTestKey(organization);
  const secretOf = async ({ id }: TestKey) =>
    (await database().apiKeySecret.findFirstOrThrow({ where: { keyId: id } })).id;
  const [theirSecret, mySecret] = [await secretOf(theirs), await secretOf(mine)];
  const talking = await stream();
  const use = (secretId: string, code = "VALID", calls = 1) => [secretId, code, calls, 0, null] as const;
  talking.say({
    used: [
      use(theirSecret),
      use(randomUUID()),
      use(mySecret, "NONSENSE"),
      use(mySecret, "VALID", -1),
      use(mySecret, "VALID", 3),
    ],
  });
  const counted = async () => {
    await flushUsage();
    return database().apiKeyUsageHour.findMany({ select: { keyId: true, outcome: true, calls: true } });
  };
  const own = async () => (await counted()).filter(({ keyId }) => [mine.id, theirs.id].includes(keyId));
  await expect.poll(own, { timeout: 20_000 }).toEqual([{ keyId: mine.id, outcome: "VALID", calls: 3 }]);
  expect(
    (await database().apiKeySecret.findUniqueOrThrow({ where: { id: theirSecret } })).lastUsedAt,
  ).toBeNull();
});
