import { beforeAll, expect, test } from "vitest";
import { keyInput } from "@/e2e/support/data/key-input";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization, value } from "@/e2e/support/data/test-organization";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import { database } from "@/lib/db/client";
import type { GenerateKeyInput } from "@/lib/schemas/key";
import { judgeToken } from "@/lib/verify/verdict/judge-token";
import { generateKey } from "./generate-key";
import { readKey } from "./read/read-key";
import { rollKey } from "./roll-key";

let organization: TestOrganization;
let other: TestOrganization;

provideTestDatabase();
beforeAll(async () => {
  organization = await createTestOrganization("Keys");
  other = await createTestOrganization("Other");
});

const hour = 3_600_000;
const newKey = async (over: Partial<GenerateKeyInput> = {}, at = new Date()) =>
  value(await generateKey(await organization.as("OWNER", at), keyInput(organization, over)));
const codeOf = async (token: string, at = new Date()) => (await judgeToken(token, {}, at)).code;

/** Everything that is stored about the organization's keys, as text. */
async function everything(): Promise<string> {
  const where = { organizationId: organization.id };
  const rows = [
    await database().apiKey.findMany({ where }),
    await database().apiKeySecret.findMany({ where }),
    await database().apiKeyRole.findMany({ where }),
    await database().auditEntry.findMany({ where }),
  ];
  return JSON.stringify(rows);
}

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

test("[P2] [P4] several keys of one namespace work at once", async () => {
  const keys = await Promise.all([newKey(), newKey(), newKey()]);
  for (const { token } of keys) expect(await codeOf(token)).toBe("VALID");
  expect(new Set(keys.map((key) => key.id)).size).toBe(3);
});

test("[J5] [Y6] without an expiry a key never expires; with one it works until then", async () => {
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
  const change = (expiresAt: Date | null) => database().apiKey.update({ where: { id }, data: { expiresAt } });
  await expect(change(new Date(Date.now() + 2 * hour))).rejects.toThrow(/never change/);
  await expect(change(null)).rejects.toThrow(/never change/);
  const owner = await organization.as("OWNER");
  const past = await generateKey(owner, keyInput(organization, { expiresAt: owner.origin.at }));
  expect(past).toMatchObject({ ok: false, code: "invalid_request", fields: [{ field: "expiresAt" }] });
});

test("[P7] a namespace of another organization, or none at all, is refused", async () => {
  const owner = await organization.as("OWNER");
  const foreign = { type: "organization", id: other.id } as const;
  expect(await generateKey(owner, keyInput(organization, { namespace: foreign }))).toMatchObject({
    ok: false,
    code: "forbidden",
  });
  const application = { type: "application", id: other.id } as const;
  const refused = await generateKey(owner, keyInput(organization, { namespace: application }));
  expect(refused).toMatchObject({ ok: false, code: "forbidden" });
});

test("an unknown role is refused by name; no roles means no permissions", async () => {
  const owner = await organization.as("OWNER");
  const refused = await generateKey(owner, keyInput(organization, { roles: ["read_only", "ic_viewer"] }));
  expect(refused).toMatchObject({ code: "invalid_request", detail: "Role “ic_viewer” does not exist." });
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
  expect(await generateKey(later, keyInput(organization, { accessLevel: "OWNER" }))).toMatchObject(refusal);
  expect(await rollKey(later, { keyId, graceSeconds: 0, version: 1 })).toMatchObject(refusal);
  expect(await generateKey(later, keyInput(organization))).toMatchObject({ ok: true });
});
