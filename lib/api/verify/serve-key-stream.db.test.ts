import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { provideTestApi } from "@/e2e/support/api/test-api";
import type { TestStreams } from "@/e2e/support/api/test-streams";
import { lease, testStreams } from "@/e2e/support/api/test-streams";
import type { TestKey } from "@/e2e/support/data/test-key";
import { createTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization, value } from "@/e2e/support/data/test-organization";
import { createTestResources, giveTestGrant } from "@/e2e/support/data/test-resources";
import { tokenClient } from "@/e2e/support/data/test-tokens";
import { createLatchkey } from "@/lib/client/create-latchkey";
import { env } from "@/lib/env";
import { revokeKey } from "@/lib/services/keys/revoke-key";
import { organizationPeppers } from "@/lib/token/secret";
import { startChangeFeed, stopChangeFeed } from "@/lib/verify/changes/change-feed";

// Tests streams with clients that behave differently from the library.

const api = provideTestApi();
let organization: TestOrganization;
let caller: TestKey;
let streams: TestStreams;

beforeAll(async () => {
  await startChangeFeed();
  organization = await createTestOrganization("Stream");
  caller = await createTestKey(organization, { roles: ["key_verifier"] });
  streams = testStreams(api.url);
});

const stream = () => streams.open(caller.token);
const refusal = (headers: Record<string, string>) => streams.refusal(headers);

afterEach(() => {
  streams.cut();
});
afterAll(async () => {
  await stopChangeFeed();
});

/** A tenant whose clients have not delayed anybody yet, with a stream and a key to revoke. */
async function tenant() {
  const own = await createTestOrganization("Tenant");
  const verifier = await createTestKey(own, { roles: ["key_verifier"] });
  const key = await createTestKey(own);
  const opened = await streams.open(verifier.token);
  await opened.line("loaded");
  const revoke = async () => value(await revokeKey(await own.as("OWNER"), { keyId: key.id }));
  return { key, revoke, stream: opened };
}

describe("[J3] a stream is refused", () => {
  test("without a key, with an invalid one, and with one that may not verify", async () => {
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
    // A token that expires within minutes is not a key.
    expect((await refusal({ Authorization: `Bearer ${accessToken}` })).status).toBe(403);
  });

  test("to a key of an application, a workspace or a user group, whatever its permissions", async () => {
    const places = await createTestResources(organization);
    for (const namespace of Object.values(places)) {
      await giveTestGrant(organization, organization.userIds.OWNER, namespace, "OWNER");
      for (const roles of [["key_verifier"], ["full_access"]]) {
        const narrow = await createTestKey(organization, { namespace, roles });
        const refused = await refusal({ Authorization: `Bearer ${narrow.token}` });
        expect(refused).toMatchObject({ status: 403, json: { code: "forbidden" } });
        expect(refused.json.detail).toContain("the organization's own namespace");
      }
    }
  });

  test("to a secret key from a page of another site", async () => {
    const refused = await refusal({
      Authorization: `Bearer ${caller.token}`,
      Origin: "https://evil.example",
    });
    expect(refused.status).toBe(403);
  });
});

test("[Y3] a stream contains no token, no server pepper and nothing of another organization", async () => {
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

describe("[L1] a revocation is answered once no client can use the old state:", () => {
  test("a client that receives it but does not acknowledge loses its lease, and is disconnected", async () => {
    const { key, revoke, stream: silent } = await tenant();
    const leaseEndsAt = await lease(silent);
    await revoke();
    expect(performance.now()).toBeGreaterThanOrEqual(leaseEndsAt);
    expect(await silent.line("changed")).toMatchObject({ keyIds: [key.id] });
    expect(await silent.line("end")).toBeDefined();
  });

  test("a client whose connection was cut has lost its lease", async () => {
    const { revoke, stream: lost } = await tenant();
    const leaseEndsAt = await lease(lost);
    lost.cut();
    await lost.closed;
    await revoke();
    expect(performance.now()).toBeGreaterThanOrEqual(leaseEndsAt);
  });

  test("a client that has not acknowledged gets no lease, whatever it sends", async () => {
    // Retries: a client silent for two seconds is disconnected, and a busy machine may pause that long.
    for (let attempt = 1; ; attempt++) {
      const { revoke, stream: greedy } = await tenant();
      await lease(greedy);
      const revoked = revoke();
      const { changed } = await greedy.line("changed");
      greedy.say({ renew: 1_000_001 });
      await expect.poll(greedy.heard).toMatch(/\{"lease":1000001,|\{"end":/);
      const answer = /\{"lease":1000001,"ms":(\d+),/.exec(greedy.heard());
      greedy.say({ acknowledged: Number(changed) });
      await revoked;
      // After the acknowledgement the client gets a lease again.
      const then = await Promise.race([
        lease(greedy).then(() => "a lease"),
        greedy.closed.then(() => "sent away"),
      ]);
      if (attempt < 5 && (answer === null || then === "sent away")) continue;
      expect([answer?.[1], then]).toEqual(["0", "a lease"]);
      break;
    }
  });

  test("a client is not waited for after it said that it has ended", async () => {
    // The answer must come before the lease ends. A busy machine may need several attempts.
    for (let attempt = 1; ; attempt++) {
      const { revoke, stream: leaving } = await tenant();
      const leaseEndsAt = await lease(leaving);
      leaving.say({ ended: true });
      await leaving.closed;
      await revoke();
      if (performance.now() < leaseEndsAt || attempt === 10) {
        expect(performance.now()).toBeLessThan(leaseEndsAt);
        break;
      }
    }
  });
});

test("an invalid or endless line ends the stream", async () => {
  for (const line of ["nonsense", '{"renew":1,"more":1}', '{"used":[["a"]]}']) {
    const talking = await stream();
    talking.say(line);
    expect(await talking.line("end")).toEqual({ end: "This line is not valid in this protocol." });
    await talking.closed;
  }
  const endless = await stream();
  endless.say("x".repeat(300_000).replace("\n", ""));
  await endless.closed;
});

test("[L10] a key of an application gets no stream and a reason, and verifies over HTTP", async () => {
  const { application } = await createTestResources(organization, "Narrow");
  await giveTestGrant(organization, organization.userIds.OWNER, application, "OWNER");
  const narrow = await createTestKey(organization, { namespace: application, roles: ["key_verifier"] });
  const latchkey = createLatchkey({ url: api.url, key: narrow.token, mode: "local" });
  await expect(latchkey.ready()).rejects.toMatchObject({ code: "refused" });
  expect(latchkey.isLocal()).toBe(false);
  expect(await latchkey.verify(caller.token)).toMatchObject({ valid: true });
  await latchkey.close();
});
