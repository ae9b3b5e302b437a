import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { builtInRole } from "../access/role";
import type { KeySnapshot, KeyVerdict, SecretSnapshot, VerifyDemand } from "./verdict";
import { judgeCredential, judgeKey } from "./verdict";

const now = new Date("2026-05-04T12:00:00.000Z");
const at = (milliseconds: number) => new Date(now.getTime() + milliseconds);
const secret = (id: string, endsAt: Date | null): SecretSnapshot => ({
  id,
  hash: new Uint8Array(32),
  pepperVersion: 1,
  endsAt,
});
const fullAccess = builtInRole("full_access");
if (fullAccess === undefined) throw new Error("the catalog has no full_access");

const key: KeySnapshot = {
  id: "0123456789abcdef",
  organizationId: "acme",
  name: "Deploy",
  type: "secret",
  accessLevel: "ADMIN",
  namespace: { type: "organization", id: "acme" },
  roles: [fullAccess],
  creatorId: "ana",
  creatorLevel: "OWNER",
  keyCreators: "OWNER",
  maximumLifetimeDays: null,
  createdAt: new Date("2026-01-01T00:00:00.000Z"),
  expiresAt: null,
  pausedAt: null,
  revokedAt: null,
  deletedAt: null,
  subject: null,
  metadata: null,
  allowedAddresses: [],
  rateLimit: null,
  secrets: [secret("new", null), secret("old", at(1)), secret("older", at(-1000))],
};
const bound = { allowedAddresses: ["203.0.113.0/24"] };
const presents = (id: string) => (candidate: SecretSnapshot) => candidate.id === id;

describe("judgeCredential", () => {
  test.each<[string, Partial<KeySnapshot>, string, string]>([
    ["[J3] the current secret", {}, "new", "VALID current"],
    ["[J7] the previous secret, one millisecond before its grace ends", {}, "old", "VALID previous"],
    [
      "[J7] the previous secret at the very end of its grace",
      { secrets: [secret("new", null), secret("old", now)] },
      "old",
      "ROLLED previous",
    ],
    ["[J7] a secret rolled out long ago", {}, "older", "ROLLED previous"],
    ["[J3] no secret of this key", {}, "stranger", "UNKNOWN"],
    ["[P5] one millisecond before expiry", { expiresAt: at(1) }, "new", "VALID current"],
    ["[P5] at expiry exactly", { expiresAt: now }, "new", "EXPIRED current"],
    ["[P5] the previous secret after expiry", { expiresAt: now }, "old", "EXPIRED previous"],
    ["[P6] revoked", { revokedAt: at(-1) }, "new", "REVOKED current"],
    ["[P6] revoked, by the previous secret", { revokedAt: at(-1) }, "old", "REVOKED previous"],
    ["[P6] revoked and expired", { revokedAt: at(-1), expiresAt: at(-1) }, "new", "REVOKED current"],
    ["[J8] deleted", { revokedAt: at(-1), deletedAt: at(-1) }, "new", "REVOKED current"],
    ["[J3] what became of a revoked key is not for strangers", { revokedAt: at(-1) }, "stranger", "UNKNOWN"],
    ["[J3] nor that a key expired", { expiresAt: now }, "stranger", "UNKNOWN"],
    ["[J3] nor that it was deleted", { revokedAt: at(-1), deletedAt: at(-1) }, "stranger", "UNKNOWN"],
    ["[L14] paused", { pausedAt: at(-1) }, "new", "PAUSED current"],
    ["[L14] paused, by the previous secret", { pausedAt: now }, "old", "PAUSED previous"],
    ["[L14] paused and expired", { pausedAt: at(-1), expiresAt: now }, "new", "EXPIRED current"],
    ["[L14] paused and revoked", { pausedAt: at(-1), revokedAt: now }, "new", "REVOKED current"],
    ["[L14] that a key is paused is not for strangers", { pausedAt: at(-1) }, "stranger", "UNKNOWN"],
    ["a key without secrets", { secrets: [] }, "new", "UNKNOWN"],
  ])("%s", (_, facts, presented, expected) => {
    const verdict = judgeCredential({ ...key, ...facts }, presents(presented), now);
    expect("secret" in verdict ? `${verdict.code} ${verdict.secret}` : verdict.code).toBe(expected);
    if (verdict.code !== "UNKNOWN") expect(verdict.secretId).toBe(presented);
  });

  test("compares with every secret, so that timing does not reveal which one matched", () => {
    for (const presented of ["new", "old", "older", "stranger"]) {
      const asked: string[] = [];
      judgeCredential(key, (candidate) => asked.push(candidate.id) > 0 && candidate.id === presented, now);
      expect(asked).toEqual(["new", "old", "older"]);
    }
  });
});

describe("judgeKey", () => {
  const judge = (facts: Partial<KeySnapshot>, demand: VerifyDemand, presented = "new") =>
    judgeKey({ ...key, ...facts }, presents(presented), demand, now);

  test("[Y9, P9] a valid key's verdict carries its effective permissions and their limits", () => {
    const verdict = judge({ creatorLevel: "MEMBER" }, {});
    expect(verdict).toMatchObject({ code: "VALID", secretId: "new", secret: "current" });
    if (verdict.code === "UNKNOWN") throw new Error("unknown");
    expect(verdict.permissions).toContain("users:read");
    expect(verdict.permissions).not.toContain("keys:verify");
    expect(verdict.limits.map((limit) => limit.by)).toEqual(["access_level", "creator"]);
  });

  test.each<[string, Partial<KeySnapshot>, VerifyDemand, KeyVerdict["code"]]>([
    ["nothing asked", {}, {}, "VALID"],
    ["permissions that it has", {}, { permissions: ["users:read", "keys:verify"] }, "VALID"],
    ["no permissions in particular", {}, { permissions: [] }, "VALID"],
    [
      "one of two that it lacks",
      {},
      { permissions: ["users:read", "users:delete"] },
      "INSUFFICIENT_PERMISSIONS",
    ],
    ["one that nobody has", {}, { permissions: ["moon:land"] }, "INSUFFICIENT_PERMISSIONS"],
    ["no roles", { roles: [] }, { permissions: ["users:read"] }, "INSUFFICIENT_PERMISSIONS"],
    [
      "its creator is gone from there",
      { creatorLevel: null },
      { permissions: ["users:read"] },
      "INSUFFICIENT_PERMISSIONS",
    ],
    ["[P3] its own namespace", {}, { namespace: { type: "organization", id: "acme" } }, "VALID"],
    [
      "[P3] another namespace of the type",
      {},
      { namespace: { type: "organization", id: "globex" } },
      "WRONG_NAMESPACE",
    ],
    [
      "[P3] the same id as another type",
      {},
      { namespace: { type: "application", id: "acme" } },
      "WRONG_NAMESPACE",
    ],
    [
      "the namespace comes before the permissions",
      {},
      { namespace: { type: "workspace", id: "x" }, permissions: ["moon:land"] },
      "WRONG_NAMESPACE",
    ],
    ["[L12] from an address that it allows", bound, { address: "203.0.113.7" }, "VALID"],
    ["[L12] from another", bound, { address: "203.0.114.7" }, "FORBIDDEN_IP"],
    ["[L12] from nobody knows where", bound, {}, "FORBIDDEN_IP"],
    ["[L12] from nobody knows where, bound to nothing", {}, { address: null }, "VALID"],
    [
      "[L12] the namespace comes before the address",
      bound,
      { namespace: { type: "workspace", id: "x" } },
      "WRONG_NAMESPACE",
    ],
    ["[L12] and the address before the permissions", bound, { permissions: ["moon:land"] }, "FORBIDDEN_IP"],
    [
      "[P6] revoked comes before both",
      { revokedAt: now },
      { namespace: { type: "workspace", id: "x" } },
      "REVOKED",
    ],
    ["[P5] expired comes before both", { expiresAt: now }, { permissions: ["moon:land"] }, "EXPIRED"],
  ])("%s", (_, facts, demand, code) => {
    expect(judge(facts, demand).code).toBe(code);
  });

  test("[J3] a caller without a secret of the key learns one word", () => {
    expect(judge({ revokedAt: now }, { permissions: ["users:read"] }, "stranger")).toEqual({
      code: "UNKNOWN",
    });
  });

  test("[P6, J8] says VALID only for a live key, a live secret, and a demand that is met", () => {
    const maybe = fc.option(fc.integer({ min: -3, max: 3 }).map(at), { nil: null });
    const secrets = fc
      .array(maybe, { maxLength: 3 })
      .map((ends) => [secret("new", null), ...ends.map((end, i) => secret(`${i}`, end ?? at(-1)))]);
    fc.assert(
      fc.property(
        fc.record({ expiresAt: maybe, pausedAt: maybe, revokedAt: maybe, deletedAt: maybe, secrets }),
        fc.constantFrom("new", "0", "1", "2", "stranger"),
        fc.constantFrom<VerifyDemand>({}, { permissions: ["users:read"] }, { permissions: ["users:delete"] }),
        (facts, presented, demand) => {
          const found = facts.secrets.find((candidate) => candidate.id === presented);
          const live =
            facts.deletedAt === null &&
            facts.revokedAt === null &&
            facts.pausedAt === null &&
            (facts.expiresAt === null || facts.expiresAt > now) &&
            found !== undefined &&
            (found.endsAt === null || found.endsAt > now);
          const asked = demand.permissions?.[0] !== "users:delete";
          expect(judge(facts, demand, presented).code === "VALID").toBe(live && asked);
        },
      ),
    );
  });
});
