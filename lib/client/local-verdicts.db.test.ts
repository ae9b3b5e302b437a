import fc from "fast-check";
import { expect, test } from "vitest";
import { provideLocalKeys } from "@/e2e/support/api/local-keys";
import { createTestKey, endTestKey } from "@/e2e/support/data/test-key";
import { createTestOrganization, value } from "@/e2e/support/data/test-organization";
import { createTestResources, giveTestGrant } from "@/e2e/support/data/test-resources";
import { accessLevels } from "@/lib/core/access/access-level";
import type { Namespace } from "@/lib/core/access/namespace";
import { database } from "@/lib/db/client";
import { rollKey } from "@/lib/services/keys/roll-key";
import { updateKey } from "@/lib/services/keys/update-key";
import { updateOrganization } from "@/lib/services/organizations/update-organization";
import { buildToken, randomKeyId } from "@/lib/token/format";

const { world, connect, asked, judged } = provideLocalKeys();

test("[L10] a local verdict equals the server's, for every kind of key and every demand", {
  timeout: 240_000,
}, async () => {
  const { organization, keys } = world();
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
    subject: fc.constantFrom(null, "cus_1", "Zoë \u{1f511}"),
    metadata: fc.constantFrom(null, "{}", '{ "b": 1.0, "2": 12345678901234567890, "a": ["\\u00e9"] }'),
    end: fc.constantFrom("lives", "revoked", "rolled", "in grace"),
  });
  // Cases that the sample may miss, so that every code occurs in every run.
  const owner = { subject: null, metadata: null };
  const plain = {
    ...owner,
    type: "secret",
    accessLevel: "OWNER",
    creator: "OWNER",
    roles: ["read_only"],
  } as const;
  const everywhere = { ...plain, roles: [...plain.roles], namespace: namespaces[0], expiresAt: null };
  const certain = [
    ...(["lives", "revoked", "rolled", "in grace"] as const).map((end) => ({ ...everywhere, end })),
    { ...everywhere, end: "lives", expiresAt: new Date(now - 1000) },
  ];
  const tokens = [buildToken("secret", randomKeyId())];
  for (const tokenPrefix of ["ab", "sixteenchars0123", null]) {
    const owner = await organization.as("OWNER");
    const { name } = owner.organization;
    value(await updateOrganization(owner, { name, tokenPrefix }));
    const { token } = await createTestKey(organization);
    tokens.push(token, token.replace(/^[a-z0-9]+/, "other"));
  }
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

test("an invalid demand is left to the server to refuse", async () => {
  const { organization, caller, keys } = world();
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

test("[L12] addresses are judged locally, and a key with a rate limit is left to the server", async () => {
  const { organization, caller } = world();
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
  const latchkey = connect(caller.token);
  await latchkey.ready();
  expect(latchkey.verifyHere(limited.token)).toBeUndefined();
  expect(await latchkey.verify(limited.token)).toMatchObject({ code: "VALID", rate_limit: { remaining: 0 } });
  expect(await latchkey.verify(limited.token)).toMatchObject({ code: "RATE_LIMITED" });
});
