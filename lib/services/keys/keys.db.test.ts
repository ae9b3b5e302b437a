import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestDatabase } from "@/e2e/support/test-database";
import type { TestOrganization } from "@/e2e/support/test-organization";
import { createTestOrganization, value } from "@/e2e/support/test-organization";
import type { AccessLevel } from "@/lib/core/access-level";
import { accessLevels } from "@/lib/core/access-level";
import { database } from "@/lib/db/client";
import type { GenerateKeyInput } from "@/lib/schemas/key";
import type { MemberContext } from "@/lib/services/context";
import { judgeToken } from "@/lib/verify/judge-token";
import { deleteKey } from "./delete-key";
import { generateKey } from "./generate-key";
import { readKey } from "./read-key";
import { revokeKey } from "./revoke-key";
import { rollKey } from "./roll-key";
import { updateKey } from "./update-key";

let close: () => Promise<void>;
let organization: TestOrganization;
let other: TestOrganization;

beforeAll(async () => {
  ({ close } = await openTestDatabase());
  organization = await createTestOrganization("Keys");
  other = await createTestOrganization("Other");
});
afterAll(() => close());

const hour = 3_600_000;

function keyInput(over: Partial<GenerateKeyInput> = {}): GenerateKeyInput {
  return {
    name: "A key",
    description: "",
    type: "secret",
    accessLevel: "MEMBER",
    namespace: { type: "organization", id: organization.id },
    roles: ["full_access"],
    expiresAt: null,
    ...over,
  };
}

async function newKey(over: Partial<GenerateKeyInput> = {}, at = new Date()) {
  return value(await generateKey(await organization.as("OWNER", at), keyInput(over)));
}

const codeOf = async (token: string, at = new Date()) => (await judgeToken(token, {}, at)).code;
const entries = () => database().auditEntry.count({ where: { organizationId: organization.id } });

/** All that a verb could have changed, to prove that a refused one changed nothing. */
async function everything(): Promise<string> {
  const where = { organizationId: organization.id };
  const rows = [
    await database().apiKey.findMany({ where, orderBy: { id: "asc" } }),
    await database().apiKeySecret.findMany({ where, orderBy: { id: "asc" } }),
    await database().apiKeyRole.findMany({ where, orderBy: { id: "asc" } }),
    await entries(),
  ];
  return JSON.stringify(rows);
}

describe("every verb that writes, once without power and once with it", () => {
  type Target = { readonly keyId: string };
  const verbs: Record<
    string,
    (context: MemberContext, target: Target) => Promise<{ ok: boolean; code?: string }>
  > = {
    generateKey: (context) => generateKey(context, keyInput()),
    updateKey: (context, { keyId }) => updateKey(context, { keyId, name: "Renamed", description: "" }),
    rollKey: (context, { keyId }) => rollKey(context, { keyId, graceSeconds: 60, secretVersion: 1 }),
    revokeKey: (context, { keyId }) => revokeKey(context, { keyId }),
    deleteKey: (context, { keyId }) => deleteKey(context, { keyId }),
  };

  for (const [name, verb] of Object.entries(verbs)) {
    test(`[B2] [Y2] ${name}: a member is refused and no row changes`, async () => {
      const { id: keyId } = await newKey();
      const before = await everything();
      const refused = await verb(await organization.as("MEMBER"), { keyId });
      expect(refused).toMatchObject({ ok: false });
      expect(await everything()).toBe(before);
    });

    test(`${name}: an owner of another organization is refused and no row changes`, async () => {
      const { id: keyId } = await newKey();
      const before = await everything();
      const refused = await verb(await other.as("OWNER"), { keyId });
      expect(refused).toMatchObject({ ok: false });
      expect(await everything()).toBe(before);
    });

    test(`[B3] ${name}: an owner succeeds and leaves exactly one audit entry`, async () => {
      const { id: keyId } = await newKey();
      const before = await entries();
      expect(await verb(await organization.as("OWNER"), { keyId })).toMatchObject({ ok: true });
      expect(await entries()).toBe(before + 1);
    });
  }

  test("[B2] an admin revokes below OWNER and does nothing else", async () => {
    const admin = await organization.as("ADMIN");
    for (const accessLevel of accessLevels) {
      const { id: keyId } = await newKey({ accessLevel });
      for (const verb of ["generateKey", "updateKey", "rollKey", "deleteKey"]) {
        expect(await verbs[verb]?.(admin, { keyId })).toMatchObject({ ok: false, code: "forbidden" });
      }
      const revoked = await revokeKey(admin, { keyId });
      expect(revoked.ok).toBe(accessLevel !== "OWNER");
    }
  });

  test("[Y2] keyCreators decides who generates, up to their own level", async () => {
    const levels = async (keyCreators: AccessLevel, who: AccessLevel) => {
      await database().organization.update({ where: { id: organization.id }, data: { keyCreators } });
      const context = await organization.as(who);
      const made = [];
      for (const accessLevel of accessLevels) {
        if ((await generateKey(context, keyInput({ accessLevel }))).ok) made.push(accessLevel);
      }
      return made;
    };
    expect(await levels("OWNER", "ADMIN")).toEqual([]);
    expect(await levels("OWNER", "OWNER")).toEqual(["MEMBER", "ADMIN", "OWNER"]);
    expect(await levels("ADMIN", "ADMIN")).toEqual(["MEMBER", "ADMIN"]);
    expect(await levels("ADMIN", "MEMBER")).toEqual([]);
    expect(await levels("MEMBER", "MEMBER")).toEqual(["MEMBER"]);
    await database().organization.update({ where: { id: organization.id }, data: { keyCreators: "OWNER" } });
  });
});

describe("generate", () => {
  test("[Y3] [S6] only a hash of a secret key's token is stored; a public key's token is kept", async () => {
    const secret = await newKey();
    const open = await newKey({ type: "public" });
    const stored = await database().apiKeySecret.findFirstOrThrow({ where: { keyId: secret.id } });
    expect(stored.publicToken).toBeNull();
    expect(JSON.stringify(await everything())).not.toContain(secret.token.slice(22, 54));
    const kept = await database().apiKeySecret.findFirstOrThrow({ where: { keyId: open.id } });
    expect(kept.publicToken).toBe(open.token);
    expect(value(await readKey(await organization.as("OWNER"), open.id)).publicToken).toBe(open.token);
    expect(value(await readKey(await organization.as("OWNER"), secret.id)).publicToken).toBeNull();
  });

  test("[P2] [P4] many keys of one namespace work side by side", async () => {
    const keys = await Promise.all([newKey(), newKey(), newKey()]);
    for (const { token } of keys) expect(await codeOf(token)).toBe("VALID");
    expect(new Set(keys.map((key) => key.id)).size).toBe(3);
  });

  test("[J5] [Y6] without an expiry a key never expires; with one it is good until then", async () => {
    const now = new Date();
    const forever = await newKey({}, now);
    expect(await codeOf(forever.token, new Date("9000-01-01"))).toBe("VALID");
    const expiresAt = new Date(now.getTime() + hour);
    const { token } = await newKey({ expiresAt }, now);
    expect(await codeOf(token, new Date(expiresAt.getTime() - 1))).toBe("VALID");
    expect(await codeOf(token, expiresAt)).toBe("EXPIRED");
  });

  test("[P5] the database itself refuses to change an expiry, and an expiry in the past is refused", async () => {
    const { id } = await newKey({ expiresAt: new Date(Date.now() + hour) });
    const change = (expiresAt: Date | null) =>
      database().apiKey.update({ where: { id }, data: { expiresAt } });
    await expect(change(new Date(Date.now() + 2 * hour))).rejects.toThrow(/never change/);
    await expect(change(null)).rejects.toThrow(/never change/);
    const owner = await organization.as("OWNER");
    const past = await generateKey(owner, keyInput({ expiresAt: owner.origin.at }));
    expect(past).toMatchObject({ ok: false, code: "invalid_request", fields: [{ field: "expiresAt" }] });
  });

  test("[P7] a namespace of another organization, or none at all, is refused", async () => {
    const owner = await organization.as("OWNER");
    const foreign = { type: "organization", id: other.id } as const;
    expect(await generateKey(owner, keyInput({ namespace: foreign }))).toMatchObject({
      ok: false,
      code: "forbidden",
    });
    const application = { type: "application", id: other.id } as const;
    const refused = await generateKey(owner, keyInput({ namespace: application }));
    expect(refused).toMatchObject({ ok: false, code: "forbidden" });
  });

  test("an unknown role is refused by name; no roles means no permissions", async () => {
    const owner = await organization.as("OWNER");
    const refused = await generateKey(owner, keyInput({ roles: ["read_only", "ic_viewer"] }));
    expect(refused).toMatchObject({ code: "invalid_request", detail: "There is no role ic_viewer." });
    const { id } = await newKey({ roles: [] });
    expect(value(await readKey(owner, id)).permissions).toEqual([]);
  });

  test("an OWNER-level key and a roll ask for the password again after five minutes", async () => {
    const { id: keyId } = await newKey();
    const stale = await organization.as("OWNER");
    const later = {
      ...stale,
      origin: { ...stale.origin, at: new Date(stale.origin.at.getTime() + 300_001) },
    };
    const refusal = { ok: false, code: "reauthentication_required" };
    expect(await generateKey(later, keyInput({ accessLevel: "OWNER" }))).toMatchObject(refusal);
    expect(await rollKey(later, { keyId, graceSeconds: 0, secretVersion: 1 })).toMatchObject(refusal);
    expect(await generateKey(later, keyInput())).toMatchObject({ ok: true });
  });
});

describe("roll", () => {
  test("[J7] [L3] both secrets verify during the grace, and each says which it is", async () => {
    const old = await newKey();
    const now = new Date();
    const rolled = value(
      await rollKey(await organization.as("OWNER", now), {
        keyId: old.id,
        graceSeconds: 43_200,
        secretVersion: 1,
      }),
    );
    expect(rolled.id).toBe(old.id);
    const end = new Date(now.getTime() + 12 * hour);
    expect(rolled.oldSecretEndsAt).toEqual(end);
    const before = new Date(end.getTime() - 1);
    expect(await judgeToken(old.token, {}, before)).toMatchObject({ code: "VALID", secret: "previous" });
    expect(await judgeToken(rolled.token, {}, before)).toMatchObject({ code: "VALID", secret: "current" });
    expect(await codeOf(old.token, end)).toBe("ROLLED");
    expect(await codeOf(rolled.token, end)).toBe("VALID");
  });

  test("[L3] a key that expires in an hour gives its old secret an hour at most", async () => {
    const now = new Date();
    const expiresAt = new Date(now.getTime() + hour);
    const old = await newKey({ expiresAt }, now);
    const roll = { keyId: old.id, graceSeconds: 604_800, secretVersion: 1 };
    expect(value(await rollKey(await organization.as("OWNER"), roll)).oldSecretEndsAt).toEqual(expiresAt);
    expect(await codeOf(old.token, expiresAt)).toBe("EXPIRED");
  });

  test("rolling during a grace ends the older grace at once: at most two secrets live", async () => {
    const first = await newKey();
    const owner = await organization.as("OWNER");
    const roll = (secretVersion: number) =>
      rollKey(owner, { keyId: first.id, graceSeconds: 3600, secretVersion });
    const second = value(await roll(1));
    const third = value(await roll(2));
    expect(await codeOf(first.token, owner.origin.at)).toBe("ROLLED");
    expect(await codeOf(second.token, owner.origin.at)).toBe("VALID");
    expect(await codeOf(third.token, owner.origin.at)).toBe("VALID");
  });

  test("a grace of nothing ends the old secret in the same instant", async () => {
    const old = await newKey();
    const owner = await organization.as("OWNER");
    const rolled = value(await rollKey(owner, { keyId: old.id, graceSeconds: 0, secretVersion: 1 }));
    expect(rolled.oldSecretEndsAt).toBeNull();
    expect(await codeOf(old.token, owner.origin.at)).toBe("ROLLED");
  });

  test("of 20 simultaneous rolls one wins and the others are conflicts", async () => {
    const { id: keyId } = await newKey();
    const owner = await organization.as("OWNER");
    const before = await entries();
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, () => rollKey(owner, { keyId, graceSeconds: 60, secretVersion: 1 })),
    );
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
    expect(outcomes.filter((outcome) => !outcome.ok && outcome.code === "conflict")).toHaveLength(19);
    expect(await database().apiKeySecret.count({ where: { keyId } })).toBe(2);
    expect(await entries()).toBe(before + 1);
  });

  test("an expired and a revoked key cannot be rolled", async () => {
    const now = new Date();
    const expired = await newKey({ expiresAt: new Date(now.getTime() + hour) }, now);
    const later = await organization.as("OWNER", new Date(now.getTime() + hour));
    const roll = (keyId: string) => rollKey(later, { keyId, graceSeconds: 60, secretVersion: 1 });
    expect(await roll(expired.id)).toMatchObject({ ok: false, code: "conflict" });
    const revoked = await newKey();
    value(await revokeKey(later, { keyId: revoked.id }));
    expect(await roll(revoked.id)).toMatchObject({ ok: false, code: "conflict" });
  });

  test("a secret rolled out ten versions ago is forgotten, so that checks stay cheap", async () => {
    const first = await newKey();
    const owner = await organization.as("OWNER");
    for (let secretVersion = 1; secretVersion <= 10; secretVersion++) {
      value(await rollKey(owner, { keyId: first.id, graceSeconds: 0, secretVersion }));
    }
    expect(await database().apiKeySecret.count({ where: { keyId: first.id } })).toBe(10);
    expect(await codeOf(first.token)).toBe("UNKNOWN");
  });
});

describe("revoke and delete", () => {
  test("[P6] a revocation is immediate, with or without an expiry, and final in the database itself", async () => {
    for (const expiresAt of [null, new Date(Date.now() + hour)]) {
      const { id, token } = await newKey({ expiresAt });
      value(await revokeKey(await organization.as("OWNER"), { keyId: id }));
      expect(await codeOf(token)).toBe("REVOKED");
      const undo = database().apiKey.update({
        where: { id },
        data: { revokedAt: null, revocationReason: null },
      });
      await expect(undo).rejects.toThrow(/final/);
    }
  });

  test("of 20 simultaneous revocations all succeed and one is recorded", async () => {
    const { id: keyId } = await newKey();
    const owner = await organization.as("OWNER");
    const admin = await organization.as("ADMIN");
    const before = await entries();
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, (_, index) => revokeKey(index % 2 === 0 ? owner : admin, { keyId })),
    );
    expect(outcomes.every((outcome) => outcome.ok)).toBe(true);
    expect(await entries()).toBe(before + 1);
  });

  test("[J8] a deleted key is off the list, its use is an error, and its audit trail stays", async () => {
    const { id, token } = await newKey({ name: "Short-lived" });
    const owner = await organization.as("OWNER");
    value(await deleteKey(owner, { keyId: id }));
    expect(await codeOf(token)).toBe("REVOKED");
    expect(await readKey(owner, id)).toMatchObject({ ok: false, code: "not_found" });
    expect(await deleteKey(owner, { keyId: id })).toMatchObject({ ok: false, code: "not_found" });
    const trail = await database().auditEntry.findMany({
      where: { targetId: id },
      orderBy: { sequence: "asc" },
    });
    expect(trail.map((entry) => entry.action)).toEqual(["key.generated", "key.deleted"]);
  });

  test("a roll against a revocation: whichever comes first, the key ends revoked", async () => {
    for (let round = 0; round < 10; round++) {
      const { id: keyId, token } = await newKey();
      const owner = await organization.as("OWNER");
      const [rolled] = await Promise.all([
        rollKey(owner, { keyId, graceSeconds: 3600, secretVersion: 1 }),
        revokeKey(owner, { keyId }),
      ]);
      expect(await codeOf(token)).toBe("REVOKED");
      if (rolled.ok) expect(await codeOf(rolled.value.token)).toBe("REVOKED");
    }
  });
});
