import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { FuzzedDocument, FuzzedRequest } from "@/e2e/fuzz/request-arbitrary";
import { requestArbitrary } from "@/e2e/fuzz/request-arbitrary";
import { changedTables, databaseState } from "@/e2e/permission-matrix/database-state";
import type { Reply } from "@/e2e/support/api/test-api";
import { provideTestApi } from "@/e2e/support/api/test-api";
import { createTestKey, endTestKey } from "@/e2e/support/data/test-key";
import { createTestOrganization } from "@/e2e/support/data/test-organization";
import { testDatabaseKind } from "@/e2e/support/database/installation";
import type { Github } from "@/e2e/support/processes/github";
import { startGithub } from "@/e2e/support/processes/github";
import { database } from "@/lib/db/client";
import { env, setEnv } from "@/lib/env";
import { log } from "@/lib/log";
import { flushUsage } from "@/lib/verify/usage/usage-recorder";
import { operations } from "./all-operations";
import { openApiDocument } from "./describe/openapi-document";

// The test API checks every response against the description. Beyond that: no server error, no hanging request, and
// unchanged data after a refusal.

/** The number of requests. Fewer on the embedded database, whose single connection makes them queue. */
const usual = testDatabaseKind() === "postgres" ? 10_000 : 2_000;
const wanted = Number(process.env.FUZZ_REQUESTS ?? usual);
const budgetMs = Number(process.env.FUZZ_MINUTES ?? 4) * 60_000;
const seed = Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31);

const patienceMs = 20_000;
const perWorld = 500;
const together = 10;
const oneByOne = 25;

const document = openApiDocument(operations, "http://localhost:3000") as unknown as FuzzedDocument;

const api = provideTestApi(operations, ["127.0.0.0/8"]);
let github: Github;
beforeAll(async () => {
  github = await startGithub();
  setEnv({ ...env(), githubKeysUrl: github.keysUrl });
});
afterAll(async () => {
  await github.close();
});

/** A separate organization, because a fuzzed request may delete its target. */
async function createWorld() {
  const organization = await createTestOrganization("Fuzz");
  const organizationId = organization.id;
  const { id: applicationId } = await database().application.create({
    data: { organizationId, name: "Shop" },
  });
  const inShop = { organizationId, applicationId };
  const workspace = await database().workspace.create({ data: { ...inShop, name: "Berlin" } });
  const group = await database().userGroup.create({ data: { ...inShop, name: "Staff" } });
  const userId = organization.userIds.OWNER;
  for (const place of [{ applicationId }, { workspaceId: workspace.id }, { userGroupId: group.id }]) {
    await database().grant.create({ data: { organizationId, userId, accessLevel: "OWNER", ...place } });
  }
  const revoked = await createTestKey(organization);
  await endTestKey(revoked, { revokedAt: new Date() });
  const role = await database().role.create({
    data: { organizationId, roleId: "fuzz_role", title: "Fuzz", permissions: ["intelligence:read"] },
  });
  const invitation = await database().invitation.create({
    data: {
      organizationId,
      email: `${organizationId}@example.com`,
      accessLevel: "MEMBER",
      tokenHash: new Uint8Array(Buffer.from(organizationId.replaceAll("-", "").repeat(2), "hex")),
      invitedById: userId,
      createdAt: new Date(),
      expiresAt: new Date(Date.now() + 3_600_000),
    },
  });
  const application = { namespace: { type: "application", id: applicationId } } as const;
  const powerful = [await createTestKey(organization), await createTestKey(organization, application)];
  const powerless = [
    revoked,
    await createTestKey(organization, { roles: [] }),
    await createTestKey(organization, { type: "public" }),
    await createTestKey(organization, { roles: ["read_only"], accessLevel: "MEMBER" }),
  ];
  const keyIds = powerful.map(({ id }) => `key_${id}`);
  return {
    ids: [
      organizationId,
      applicationId,
      workspace.id,
      group.id,
      userId,
      organization.userIds.MEMBER,
      role.roleId,
      invitation.id,
      ...keyIds,
    ],
    powerful: powerful.map(({ token }) => token),
    powerless: [...powerless.map(({ token }) => token), "", "lk_sk_x", "eyJhbGciOiJub25lIn0.e30."],
  };
}
type World = Awaited<ReturnType<typeof createWorld>>;

/** The caller depends on the request's number, so that a failure can be reproduced. */
function tokenOf({ powerful, powerless }: World, number: number): string | undefined {
  const list = number % 3 === 0 ? powerless : powerful;
  return list[Math.floor(number / 3) % list.length] || undefined;
}

/**
 * Retries a 503, which is correct while the database is overloaded. If the request itself causes the 503, it comes
 * back.
 */
async function answer(ask: () => Promise<Reply>): Promise<Reply> {
  for (let attempt = 1; ; attempt++) {
    const reply = await ask();
    if (reply.status !== 503 || isGatewaysFault(reply) || attempt === 3) return reply;
    await sleep(1_000);
  }
}

/**
 * Is this the 503 for a gateway with a wrong URL? It keeps the gateway's clients from being told that their keys are
 * invalid.
 */
function isGatewaysFault({ headers, json }: Reply): boolean {
  return headers.has("x-latchkey-code") && json.detail.startsWith("The gateway asks at an address");
}

async function send(request: FuzzedRequest, token: string | undefined, number: number): Promise<number> {
  const { method, path, headers, body } = request;
  // A different client address each time, or else the limit for refused credentials would refuse everything.
  const forwarded = `10.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}`;
  // Most reports have a valid signature, since GitHub could send anything too.
  const isSigned = path.startsWith("/v1/leaks/github") && number % 4 !== 0;
  const signature = isSigned ? github.sign(body ?? "") : {};
  const sent = {
    method,
    headers: { ...headers, ...signature, "X-Forwarded-For": forwarded },
    ...(body === undefined ? {} : { body }),
  };
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("It hangs")), patienceMs);
  });
  try {
    const reply = await Promise.race([answer(() => api.call(path, token, sent)), tooLate]);
    const { status, text } = reply;
    if (status >= 500 && !isGatewaysFault(reply)) throw new Error(`${status}: ${text}`);
    return status;
  } catch (error) {
    const shown = JSON.stringify({ ...request, body: typeof body === "string" ? body.slice(0, 2000) : body });
    throw new Error(`FUZZ_SEED=${seed}, request ${number}: ${shown}`, { cause: error });
  } finally {
    clearTimeout(timer);
  }
}

/** Counters of uses and attempts are written by refused requests too; the first signing key is created on demand. */
const counts = new Set(["signing_keys", "api_keys", "api_key_secrets", "api_key_usage_hours", "throttles"]);

/** Sends requests together, and expects no change if all of them were refused. */
async function sendBatch(batch: readonly { request: FuzzedRequest; number: number }[], world: World) {
  const before = await databaseState();
  const statuses = await Promise.all(
    batch.map(({ request, number }) => send(request, tokenOf(world, number), number)),
  );
  if (statuses.some((status, index) => status < 400 && batch[index]?.request.method !== "GET")) return false;
  const changed = changedTables(before, await databaseState()).filter((table) => !counts.has(table));
  expect(changed, `FUZZ_SEED=${seed}, requests from ${batch[0]?.number}`).toEqual([]);
  return true;
}

test(
  "[B9] whatever is sent, the response is a described one, and a refusal changes nothing",
  async () => {
    log().level = "silent";
    const began = Date.now();
    const byStatus: Record<string, number> = {};
    let sent = 0;
    let unchanged = 0;
    let done = 0;
    while (sent < wanted && Date.now() - began < budgetMs) {
      const world = await createWorld();
      const number = Math.min(perWorld, wanted - sent);
      const requests = fc.sample(requestArbitrary(document, world.ids), {
        numRuns: number,
        seed: seed + sent,
      });
      const numbered = requests.map((request, index) => ({ request, number: sent + index }));
      // Some requests are sent one by one, to know what each one changes; the rest at once, which is faster.
      for (const each of numbered.slice(0, oneByOne)) {
        await flushUsage();
        if (await sendBatch([each], world)) unchanged++;
      }
      for (let start = oneByOne; start < numbered.length; start += together) {
        const batch = numbered.slice(start, start + together);
        const statuses = await Promise.all(
          batch.map((each) => send(each.request, tokenOf(world, each.number), each.number)),
        );
        for (const [index, status] of statuses.entries()) {
          byStatus[status] = (byStatus[status] ?? 0) + 1;
          if (status < 300 && batch[index]?.request.method !== "GET") done++;
        }
      }
      sent += numbered.length;
    }
    const seconds = ((Date.now() - began) / 1000).toFixed(0);
    const fewer = sent < wanted ? `, fewer than the ${wanted} wanted: this machine is slow` : "";
    process.stdout.write(
      `Fuzzed ${sent} requests in ${seconds} s${fewer} (FUZZ_SEED=${seed}); ${unchanged} alone changed nothing; ${done} of the rest did something; ${JSON.stringify(byStatus)}\n`,
    );
    // A fuzzer that reaches nothing finds nothing. With few requests, possibly none creates anything.
    const rare = sent < 10_000 ? [] : ["201"];
    const reached = ["200", "400", "401", "403", "404", "405", ...rare];
    expect(Object.keys(byStatus)).toEqual(expect.arrayContaining(reached));
    expect(done).toBeGreaterThan(0);
    expect(unchanged).toBeGreaterThan(0);
  },
  budgetMs + 120_000,
);
