import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { provideTestApi } from "@/e2e/support/api/test-api";
import { countedCalls } from "@/e2e/support/data/counted-calls";
import type { TestKey } from "@/e2e/support/data/test-key";
import { createTestKey, endTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization, value } from "@/e2e/support/data/test-organization";
import { createTestResources, giveTestGrant } from "@/e2e/support/data/test-resources";
import { accessLevels } from "@/lib/core/access/access-level";
import type { Namespace } from "@/lib/core/access/namespace";
import type { Verification } from "@/lib/core/keys/verification";
import { database } from "@/lib/db/client";
import { changeAccessLevelInput } from "@/lib/schemas/member";
import { deleteKey } from "@/lib/services/keys/delete-key";
import { revokeKey } from "@/lib/services/keys/revoke-key";
import { rollKey } from "@/lib/services/keys/roll-key";
import { updateKey } from "@/lib/services/keys/update-key";
import { changeAccessLevel } from "@/lib/services/members/change-access-level";
import { removeMember } from "@/lib/services/members/remove-member";
import { updateOrganization } from "@/lib/services/organizations/update-organization";
import { updateRole } from "@/lib/services/roles/update-role";
import { buildToken, randomKeyId } from "@/lib/token/format";
import { startChangeFeed, stopChangeFeed } from "@/lib/verify/changes/change-feed";
import type { Server } from "./ask-server";
import { connectServer } from "./ask-server";
import { createLatchkey } from "./create-latchkey";
import type { Demand } from "./latchkey";
import { LocalKeys } from "./local-keys";

const api = provideTestApi();
let organization: TestOrganization;
let caller: TestKey;
let keys: LocalKeys;
const closing: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  await startChangeFeed();
  organization = await createTestOrganization("Local");
  caller = await createTestKey(organization, { roles: ["key_verifier"] });
  keys = new LocalKeys(server(caller.token));
  await keys.ready();
});
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});
afterAll(async () => {
  await keys.close();
  await stopChangeFeed();
});

/** Longer than a machine stands still. */
const timeoutMs = 30_000;

function server(key: string): Server {
  const options = { timeoutMs, maxConnections: 4, userAgent: "reports/1.0" };
  return connectServer({ url: new URL(api.url), key, ...options });
}

const asked = async (token: string, demand: Demand = {}) =>
  (await api.verify({ key: token, ...demand }, caller.token)).json;

/** The verdict of this process; on a busy machine it may be without a lease for a moment. */
async function judged(token: string, demand: Demand = {}): Promise<Verification> {
  for (;;) {
    const verification = keys.judge(token, demand);
    if (verification !== undefined) return verification;
    await sleep(10);
  }
}

test("[L10] a verdict in process is the server's, for keys of every kind and whatever is demanded", async () => {
  const now = Date.now();
  const role = {
    organizationId: organization.id,
    roleId: "reporter",
    title: "",
    permissions: ["reports:read"],
  };
  await database().role.create({ data: role });
  const resources = await createTestResources(organization);
  const namespaces: Namespace[] = [
    { type: "organization", id: organization.id },
    ...Object.values(resources),
  ];
  for (const resource of Object.values(resources)) {
    for (const level of accessLevels) {
      await giveTestGrant(organization, organization.userIds[level], resource, level);
    }
  }
  const made = fc.record({
    type: fc.constantFrom("secret" as const, "public" as const),
    accessLevel: fc.constantFrom(...accessLevels),
    roles: fc.subarray(["full_access", "read_only", "reporter"]),
    namespace: fc.constantFrom(...namespaces),
    creator: fc.constantFrom(...accessLevels),
    expiresAt: fc.constantFrom(null, new Date(now - 1000), new Date(now + 3_600_000)),
    end: fc.constantFrom("lives", "revoked", "rolled", "in grace"),
  });
  // What the sample may miss by chance, so that every code comes up in every run.
  const plain = { type: "secret", accessLevel: "OWNER", creator: "OWNER", roles: ["read_only"] } as const;
  const everywhere = { ...plain, roles: [...plain.roles], namespace: namespaces[0], expiresAt: null };
  const certain = [
    ...(["lives", "revoked", "rolled", "in grace"] as const).map((end) => ({ ...everywhere, end })),
    { ...everywhere, end: "lives", expiresAt: new Date(now - 1000) },
  ];
  const tokens = [buildToken("secret", randomKeyId())];
  for (const { end, accessLevel, ...over } of [...certain, ...fc.sample(made, 25)]) {
    const level = over.type === "public" ? "MEMBER" : accessLevel;
    const key = await createTestKey(organization, { ...over, accessLevel: level });
    tokens.push(key.token, buildToken(over.type, key.id), buildToken("public", key.id));
    if (end === "revoked") await endTestKey(key, { revokedAt: new Date() });
    if (over.type !== "secret" || (end !== "rolled" && end !== "in grace")) continue;
    const graceSeconds = end === "rolled" ? 0 : 3600;
    const rolled = await rollKey(await organization.as("OWNER"), {
      keyId: key.id,
      graceSeconds,
      version: 1,
    });
    if (rolled.ok) tokens.push(rolled.value.token);
  }
  const stranger = await createTestOrganization("Stranger");
  tokens.push((await createTestKey(stranger)).token);
  const demand = fc.record(
    {
      permissions: fc.subarray(["reports:read", "keys:read", "keys:roll", "no:such", "organizations:read"]),
      namespace: fc.constantFrom(...namespaces),
      ip: fc.constantFrom("203.0.113.7", "2001:db8::1"),
    },
    { requiredKeys: [] },
  );
  const codes = new Set<string>();
  const elsewhere = { namespace: { type: "organization" as const, id: stranger.id } };
  for (const token of tokens.slice(1, -1)) {
    for (const what of [{}, { permissions: ["no:such"] }, elsewhere]) {
      const local = await judged(token, what);
      codes.add(local.code);
      expect(local).toEqual(await asked(token, what));
    }
  }
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...tokens), demand, async (token, what) => {
      const local = keys.judge(token, what);
      if (local === undefined) return;
      expect(local).toEqual(await asked(token, what));
    }),
    { numRuns: 200 },
  );
  const all = [
    "EXPIRED",
    "INSUFFICIENT_PERMISSIONS",
    "REVOKED",
    "ROLLED",
    "UNKNOWN",
    "VALID",
    "WRONG_NAMESPACE",
  ];
  expect([...codes].sort()).toEqual(all);
});

test("what is no question is left to the server to refuse", async () => {
  const { token } = await createTestKey(organization, { expiresAt: new Date(Date.now() - 1000) });
  await judged(token);
  for (const demand of [
    { permissions: ["nonsense"] },
    { ip: "here" },
    { permissions: Array.from({ length: 101 }, () => "a:b") },
    { namespace: { type: "organization", id: "x" } as const },
  ]) {
    expect(keys.judge(token, demand)).toBeUndefined();
    expect(keys.judge(caller.token, demand)).toBeUndefined();
  }
});

test("[L12] addresses are judged here, and a key with a rate is left to the server, which counts", async () => {
  const owner = await organization.as("OWNER");
  const bound = await createTestKey(organization);
  const limited = await createTestKey(organization);
  await judged(bound.token);
  await judged(limited.token);
  const allowedAddresses = ["203.0.113.0/24", "2001:db8::/32"];
  value(await updateKey(owner, { keyId: bound.id, allowedAddresses }));
  value(await updateKey(owner, { keyId: limited.id, rateLimit: { requests: 1, seconds: 3600 } }));
  const permissions = ["no:such"];
  for (const [demand, code] of [
    [{ ip: "203.0.113.7" }, "VALID"],
    [{ ip: "2001:db8::7" }, "VALID"],
    [{ ip: "203.0.114.7" }, "FORBIDDEN_IP"],
    [{}, "FORBIDDEN_IP"],
    [{ ip: "203.0.113.7", permissions }, "INSUFFICIENT_PERMISSIONS"],
    [{ ip: "203.0.114.7", permissions }, "FORBIDDEN_IP"],
  ] as const) {
    const local = await judged(bound.token, demand);
    expect(local.code).toBe(code);
    expect(local).toEqual(await asked(bound.token, demand));
  }
  const latchkey = createLatchkey({ url: api.url, key: caller.token, mode: "local", timeoutMs });
  closing.push(latchkey.close);
  await latchkey.ready();
  expect(latchkey.verifyHere(limited.token)).toBeUndefined();
  expect(await latchkey.verify(limited.token)).toMatchObject({ code: "VALID", rate_limit: { remaining: 0 } });
  expect(await latchkey.verify(limited.token)).toMatchObject({ code: "RATE_LIMITED" });
});

test("[L1] from the moment that a change is answered, nothing is judged by what was before", async () => {
  const owner = await organization.as("OWNER");
  const { ADMIN, MEMBER } = organization.userIds;
  const role = { organizationId: organization.id, roleId: "ic_viewer", title: "Viewer" };
  await database().role.create({ data: { ...role, permissions: ["ic:read"] } });
  const make = (name: string, over = {}) =>
    createTestKey(organization, { name, roles: ["ic_viewer", "full_access"], ...over });
  const [edited, rolled, revoked, deleted] = await Promise.all(
    ["a", "b", "c", "d"].map((name) => make(name)),
  );
  const admins = await make("e", { creator: "ADMIN", accessLevel: "ADMIN" });
  const members = await make("f", { creator: "MEMBER", accessLevel: "MEMBER" });
  if (!edited || !rolled || !revoked || !deleted) throw new Error("There are four");
  const tokens = [edited, rolled, revoked, deleted, admins, members].map(({ token }) => token);
  const written = { title: "Viewer", description: "", permissions: ["ic:write"], publishable: false };
  const level = (accessLevel: string) => changeAccessLevelInput.parse({ userId: ADMIN, accessLevel });
  const changes: [token: string, () => Promise<{ ok: boolean }>][] = [
    [edited.token, () => updateKey(owner, { keyId: edited.id, name: "Renamed", roles: ["ic_viewer"] })],
    [rolled.token, () => rollKey(owner, { keyId: rolled.id, graceSeconds: 0, version: 1 })],
    [
      edited.token,
      () => updateRole(owner, { ...role, ...written, seen: { ...written, permissions: ["ic:read"] } }),
    ],
    [admins.token, () => updateOrganization(owner, { name: "Local", keyCreators: "ADMIN" })],
    [admins.token, () => changeAccessLevel(owner, level("MEMBER"))],
    [admins.token, () => changeAccessLevel(owner, level("ADMIN"))],
    [revoked.token, () => revokeKey(owner, { keyId: revoked.id })],
    [deleted.token, () => deleteKey(owner, { keyId: deleted.id })],
    [members.token, () => removeMember(owner, { userId: MEMBER, transfers: [] })],
  ];
  for (const [changed, change] of changes) {
    for (const token of tokens) await judged(token);
    const before = keys.judge(changed, {});
    const answer = await change();
    // Not a moment later: either it is known how it is now, or it is known that it is not known.
    const locals = tokens.map((token) => keys.judge(token, {}));
    expect(answer).toMatchObject({ ok: true });
    for (const [index, local] of locals.entries()) {
      const now = await asked(tokens[index] ?? "");
      if (local !== undefined) expect(local).toEqual(now);
      // And it comes back as it is now.
      expect(await judged(tokens[index] ?? "")).toEqual(now);
    }
    if (before !== undefined) expect(keys.judge(changed, {})).not.toEqual(before);
  }
});

test("a key that is new is judged here as soon as it is here, and by the server until then", async () => {
  const latchkey = createLatchkey({ url: api.url, key: caller.token, mode: "local", timeoutMs });
  closing.push(latchkey.close);
  const { token } = await createTestKey(organization);
  expect(await latchkey.verify(token)).toMatchObject({ code: "VALID" });
  await latchkey.ready();
  // What is given to many is frozen; what was sent is not.
  await expect
    .poll(async () => Object.isFrozen(await latchkey.verify(token)), { timeout: 20_000 })
    .toBe(true);
  await latchkey.close();
  expect(latchkey.isLocal()).toBe(false);
});

test("[L2] uses are counted by the server: how many, what came of them, from where and by which secret", async () => {
  const key = await createTestKey(organization, { roles: [] });
  await judged(key.token);
  for (let count = 0; count < 99; count++) await judged(key.token, { ip: "203.0.113.9" });
  await judged(key.token, { permissions: ["keys:read"] });
  const all = { VALID: 100, INSUFFICIENT_PERMISSIONS: 1 };
  await expect.poll(() => countedCalls(key.id), { timeout: 40_000 }).toEqual(all);
  const { lastUsedAt, lastUsedAddress, lastUsedClient } = await database().apiKey.findUniqueOrThrow({
    where: { id: key.id },
  });
  expect([lastUsedAddress, lastUsedClient]).toEqual(["203.0.113.9", "reports/1.0"]);
  expect(Math.abs(Date.now() - (lastUsedAt?.getTime() ?? 0))).toBeLessThan(30_000);
});

test("a client whose own key may not verify any more is told so, and judges nothing", async () => {
  const own = await createTestKey(organization, { roles: ["key_verifier"] });
  const latchkey = createLatchkey({ url: api.url, key: own.token, mode: "local", timeoutMs });
  closing.push(latchkey.close);
  await latchkey.ready();
  value(await revokeKey(await organization.as("OWNER"), { keyId: own.id }));
  await expect.poll(() => latchkey.isLocal()).toBe(false);
  await expect(latchkey.verify(caller.token)).rejects.toMatchObject({ code: "refused" });
});
