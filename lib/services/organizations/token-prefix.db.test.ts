import { randomBytes } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { keyInput } from "@/e2e/support/data/key-input";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization, value } from "@/e2e/support/data/test-organization";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import { database } from "@/lib/db/client";
import { updateOrganizationInput } from "@/lib/schemas/organization";
import { generateKey } from "@/lib/services/keys/generate-key";
import { rollKey } from "@/lib/services/keys/roll-key";
import { reportLeaks } from "@/lib/services/leaks/report-leaks";
import { judgeToken } from "@/lib/verify/verdict/judge-token";
import { updateOrganization } from "./update-organization";

let acme: TestOrganization;
let bravo: TestOrganization;
provideTestDatabase();
beforeEach(async () => {
  acme = await createTestOrganization("Acme");
  bravo = await createTestOrganization("Bravo");
});

const freePrefix = () => `p${randomBytes(6).toString("hex")}`;
const set = async (organization: TestOrganization, tokenPrefix: string | null) =>
  updateOrganization(await organization.as("OWNER"), { name: "Renamed", tokenPrefix });
const prefixOf = async ({ id }: TestOrganization) =>
  (await database().organization.findUniqueOrThrow({ where: { id } })).tokenPrefix;
const generate = async (type: "secret" | "public" = "secret") =>
  value(await generateKey(await acme.as("OWNER"), keyInput(acme, { type })));
const codeOf = async (token: string) => (await judgeToken(token, {}, new Date())).code;

describe("[P1] an organization's own token prefix", () => {
  test("is that of its new keys and secrets; older tokens keep working, whatever the prefix becomes", async () => {
    const first = freePrefix();
    const before = await generate();
    value(await set(acme, first));
    const during = await generate();
    const open = await generate("public");
    expect(during.token).toMatch(new RegExp(`^${first}_sk_[0-9A-Za-z]{54}$`));
    expect(open.token).toMatch(new RegExp(`^${first}_pk_[0-9A-Za-z]{54}$`));
    const rolled = value(await rollKey(await acme.as("OWNER"), { keyId: before.id }));
    expect(rolled.token.startsWith(`${first}_sk_`)).toBe(true);
    const tokens = [before, during, open, rolled].map(({ token }) => token);

    value(await set(acme, freePrefix()));
    expect(await Promise.all(tokens.map(codeOf))).toEqual(tokens.map(() => "VALID"));
    value(await set(acme, null));
    expect(await Promise.all(tokens.map(codeOf))).toEqual(tokens.map(() => "VALID"));
    expect((await generate()).token).toMatch(/^lk_sk_/);
  });

  test("a token with a replaced prefix is unknown, even with another prefix of its organization", async () => {
    const [first, second] = [freePrefix(), freePrefix()];
    const { token: plain } = await generate();
    value(await set(acme, first));
    const { token } = await generate();
    value(await set(acme, second));
    for (const wrong of [
      token.replace(first, "lk"),
      token.replace(first, second),
      plain.replace("lk", second),
    ]) {
      expect(await codeOf(wrong)).toBe("UNKNOWN");
    }
    expect(await codeOf(token)).toBe("VALID");
  });

  test("never becomes another organization's, but can become its own again", async () => {
    const prefix = freePrefix();
    value(await set(acme, prefix));
    const taken = {
      code: "conflict",
      fields: [{ field: "tokenPrefix", message: "This prefix is taken. Choose another" }],
    };
    expect(await set(bravo, prefix)).toMatchObject(taken);
    value(await set(acme, null));
    expect(await set(bravo, prefix)).toMatchObject(taken);
    value(await set(acme, prefix));
    expect([await prefixOf(acme), await prefixOf(bravo)]).toEqual([prefix, null]);
  });

  test("of ten organizations that ask for one at once, one gets it", async () => {
    const prefix = freePrefix();
    const asking = await Promise.all(Array.from({ length: 10 }, () => createTestOrganization("Asking")));
    const answers = await Promise.all(asking.map((each) => set(each, prefix)));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    const having = await Promise.all(asking.map(prefixOf));
    expect(having.filter((each) => each === prefix)).toHaveLength(1);
  });

  test("after ten prefixes only those can be reused, so nobody can take them all", async () => {
    const prefixes = Array.from({ length: 10 }, freePrefix);
    for (const prefix of prefixes) value(await set(acme, prefix));
    expect(await set(acme, freePrefix())).toMatchObject({ code: "conflict" });
    value(await set(acme, prefixes[0] ?? ""));
    expect(await prefixOf(acme)).toBe(prefixes[0]);
  });

  test("is audited, and unchanged by a request that does not name it", async () => {
    const prefix = freePrefix();
    value(await set(acme, prefix));
    const entry = await database().auditEntry.findFirstOrThrow({
      where: { organizationId: acme.id },
      orderBy: { sequence: "desc" },
    });
    expect(JSON.stringify(entry.details)).toContain(prefix);
    value(await updateOrganization(await acme.as("OWNER"), { name: "Renamed" }));
    expect(await prefixOf(acme)).toBe(prefix);
  });

  test("of two owners who change it at once, the second sees the first one's; other changes keep it", async () => {
    const [theirs, mine] = [freePrefix(), freePrefix()];
    const owner = await acme.as("OWNER");
    const { name, keyCreators } = owner.organization;
    const seen = { name, keyCreators, tokenPrefix: null };
    value(await updateOrganization(owner, { ...seen, tokenPrefix: theirs, seen }));
    expect(await updateOrganization(owner, { ...seen, tokenPrefix: mine, seen })).toMatchObject({
      ...{ code: "conflict", current: { tokenPrefix: theirs } },
    });
    value(await updateOrganization(owner, { ...seen, name: "Renamed", seen }));
    expect(await prefixOf(acme)).toBe(theirs);
  });

  test("the database refuses another organization's prefix, an invalid one, and releasing one", async () => {
    const prefix = freePrefix();
    value(await set(acme, prefix));
    const take = { where: { id: bravo.id }, data: { tokenPrefix: prefix } };
    await expect(database().organization.update(take)).rejects.toThrow();
    await expect(database().tokenPrefix.delete({ where: { prefix } })).rejects.toThrow();
    await expect(
      database().tokenPrefix.update({ where: { prefix }, data: { organizationId: bravo.id } }),
    ).rejects.toThrow();
    for (const wrong of ["lk", "Acme", "a", "a_b", "é1", "a".repeat(17)]) {
      const data = { prefix: wrong, organizationId: acme.id, takenAt: new Date() };
      await expect(database().tokenPrefix.create({ data }), wrong).rejects.toThrow();
    }
  });

  test("[L6] a leaked token with this prefix is found and revoked", async () => {
    value(await set(acme, freePrefix()));
    const { token } = await generate();
    const origin = { at: new Date(), address: null, userAgent: null, requestId: null };
    const found = [{ token, url: `https://example.com/?key=${token}`, source: "content" }];
    expect((await reportLeaks(found, "test", origin)).known).toEqual(new Set([token]));
    expect(await codeOf(token)).toBe("REVOKED");
    const entries = await database().auditEntry.findMany({ where: { organizationId: acme.id } });
    expect(JSON.stringify(entries)).not.toContain(token);
  });
});

test.each([
  "lk",
  "sk",
  "pk",
  "rt",
  "ghp",
  "xoxb",
  "npm",
  "hf",
  "a",
  "1a",
  "Acme",
  "a-b",
  "a_b",
  "a".repeat(17),
  "ä1",
])("the prefix %j is refused at its field", (tokenPrefix) => {
  const parsed = updateOrganizationInput.safeParse({ name: "Acme", keyCreators: "OWNER", tokenPrefix });
  expect(parsed.error?.issues[0]?.path).toEqual(["tokenPrefix"]);
});
