import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { provideTestApi } from "@/e2e/support/api/test-api";
import type { TestStream, TestStreams } from "@/e2e/support/api/test-streams";
import { lease, testStreams } from "@/e2e/support/api/test-streams";
import { createTestKey } from "@/e2e/support/data/test-key";
import { createTestOrganization, value } from "@/e2e/support/data/test-organization";
import { revokeKey } from "@/lib/services/keys/revoke-key";
import { startChangeFeed, stopChangeFeed } from "@/lib/verify/changes/change-feed";
import { endKeyStreams } from "../verify/serve-key-stream";

// Tests a tenant that takes all it can get, next to one that needs little.

const api = provideTestApi();
let streams: TestStreams;

beforeAll(async () => {
  await startChangeFeed();
  streams = testStreams(api.url);
});
afterEach(async () => {
  streams.cut();
  // A stream that was cut keeps its slot until its client's lease has run out.
  await endKeyStreams();
});
afterAll(async () => {
  await stopChangeFeed();
});

async function tenant(name: string) {
  const organization = await createTestOrganization(name);
  const verifier = () => createTestKey(organization, { roles: ["key_verifier"] });
  const revoke = async (keyId: string) => value(await revokeKey(await organization.as("OWNER"), { keyId }));
  return { organization, verifier, revoke };
}

test("[L1] a client that never acknowledges is waited for once, and then no revocation of another tenant waits", async () => {
  const greedy = await tenant("Greedy");
  const quiet = await tenant("Quiet");
  const ask = async (renewal: number, { say, heard }: TestStream) => {
    say({ renew: renewal });
    const answer = new RegExp(`\\{"lease":${renewal},"ms":(\\d+)`);
    await expect.poll(heard, { timeout: 20_000 }).toMatch(answer);
    return Number(answer.exec(heard())?.[1]);
  };
  // Uses another key and another stream each time. A busy machine can use up most of a lease, so a single stream may
  // not have delayed anybody.
  let waited = 0;
  for (let cycle = 1; ; cycle++) {
    const own = await createTestKey(greedy.organization);
    const silent = await streams.open((await greedy.verifier()).token);
    await silent.line("loaded");
    if (cycle === 1) await lease(silent);
    else if ((await ask(1_000_000, silent)) === 0) break;
    waited++;
    expect(waited).toBeLessThanOrEqual(20);
    await greedy.revoke(own.id);
  }
  expect(waited).toBeGreaterThanOrEqual(1);
  const again = await streams.open((await greedy.verifier()).token);
  await again.line("loaded");
  for (let renewal = 1; renewal <= 3; renewal++) expect(await ask(renewal, again)).toBe(0);

  // Before the stream opens: later changes have to be acknowledged.
  const theirs = await createTestKey(quiet.organization);
  const listening = await streams.open((await quiet.verifier()).token);
  await listening.line("loaded");
  // The client acknowledges everything it receives, including the key's creation if that arrives late.
  const acknowledging = setInterval(() => listening.say({ acknowledged: 1000 }), 20);
  expect(await lease(listening)).toBeGreaterThan(0);
  await quiet.revoke(theirs.id);
  // The well-behaved client has leases as before.
  expect(await lease(listening)).toBeGreaterThan(0);
  clearInterval(acknowledging);
});

test("[L10] a tenant that has taken all streams gives another its share, and every verification is answered", async () => {
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
}, 180_000);
