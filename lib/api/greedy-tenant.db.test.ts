import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { TestApi } from "@/e2e/support/test-api";
import { openTestApi } from "@/e2e/support/test-api";
import { createTestKey } from "@/e2e/support/test-key";
import { createTestOrganization, value } from "@/e2e/support/test-organization";
import type { TestStreams } from "@/e2e/support/test-streams";
import { lease, testStreams } from "@/e2e/support/test-streams";
import { revokeKey } from "@/lib/services/keys/revoke-key";
import { startChangeFeed, stopChangeFeed } from "@/lib/verify/change-feed";

// A tenant that takes what it gets, beside one that asks for little.

let api: TestApi;
let streams: TestStreams;

beforeAll(async () => {
  api = await openTestApi();
  await startChangeFeed();
  streams = testStreams(api.url);
});
afterEach(() => streams.cut());
afterAll(async () => {
  await stopChangeFeed();
  await api.close();
});

async function tenant(name: string) {
  const organization = await createTestOrganization(name);
  const verifier = () => createTestKey(organization, { roles: ["key_verifier"] });
  const revoke = async (keyId: string) => value(await revokeKey(await organization.as("OWNER"), { keyId }));
  return { organization, verifier, revoke };
}

test("[L1] whoever never acknowledges is waited for once, and then no revocation of another tenant waits", async () => {
  const greedy = await tenant("Greedy");
  const quiet = await tenant("Quiet");
  const { token } = await greedy.verifier();
  const first = await streams.open(token);
  const leaseEndsAt = await lease(first);
  const own = await createTestKey(greedy.organization);
  await greedy.revoke(own.id);
  // This is what is allowed: the lease that it had.
  expect(performance.now()).toBeGreaterThanOrEqual(leaseEndsAt);
  await first.line("end");

  // Again, by another stream and another key: no lease, so there is nothing to wait for.
  for (const key of [token, (await greedy.verifier()).token]) {
    const again = await streams.open(key);
    await again.line("loaded");
    for (let renewal = 1; renewal <= 3; renewal++) again.say({ renew: renewal });
    await expect.poll(again.heard).toMatch(/\{"lease":3,"ms":0,/);
  }
  const theirs = await createTestKey(quiet.organization);
  const listening = await streams.open((await quiet.verifier()).token);
  expect(await lease(listening)).toBeGreaterThan(0);
  const revoked = quiet.revoke(theirs.id);
  const { changed } = await listening.line("changed");
  listening.say({ acknowledged: Number(changed) });
  await revoked;
  // The client that behaves has leases as before.
  expect(await lease(listening)).toBeGreaterThan(0);
});

test("[L10] a tenant that has taken all streams leaves another its share, and every verification is answered", async () => {
  const greedy = await tenant("Streams");
  const quiet = await tenant("A stream");
  const tokens = await Promise.all(Array.from({ length: 11 }, async () => (await greedy.verifier()).token));
  for (const token of tokens.slice(0, 10)) {
    await Promise.all(Array.from({ length: 100 }, () => streams.open(token)));
  }
  const last = { Authorization: `Bearer ${tokens[10]}` };
  expect(await streams.refusal(last)).toMatchObject({ status: 429, json: { code: "rate_limited" } });

  const { token } = await quiet.verifier();
  const listening = await streams.open(token);
  await listening.line("loaded");
  expect(await lease(listening)).toBeGreaterThan(0);
  expect(await streams.refusal(last)).toMatchObject({ status: 429 });
  const asked = await createTestKey(quiet.organization);
  const verdicts = await Promise.all(
    Array.from({ length: 50 }, () => api.verify({ key: asked.token }, token)),
  );
  expect(verdicts.map(({ json }) => json.code)).toEqual(Array(50).fill("VALID"));
});
