import { createHash } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { value } from "@/e2e/support/data/test-organization";
import { openTestDatabase } from "@/e2e/support/database/test-database";
import { untilOneWaits } from "@/e2e/support/timing/until-one-waits";
import { database, inTransaction } from "@/lib/db/client";
import type { Origin } from "@/lib/services/access/context";
import { readSession } from "@/lib/services/sessions/read-session";
import { signIn } from "@/lib/services/sessions/sign-in";
import { bootstrapOwner } from "./bootstrap-owner";
import { hasUser, lockSetup } from "./create-first-owner";
import { isSetupOpen, issueSetupToken } from "./issue-setup-token";
import { setUp } from "./set-up";

let close: () => Promise<void>;
beforeEach(async () => {
  ({ close } = await openTestDatabase());
});
afterEach(() => close());

const origin: Origin = { at: new Date(), address: "203.0.113.7", userAgent: "test", requestId: null };
const password = "correct horse battery";
const input = (token: string, email = "ana@example.com") => ({
  token,
  name: "Ana",
  email,
  password,
  organizationName: "Northwind Robotics",
});

async function counts() {
  const { user, organization, session, setupToken, auditEntry } = database();
  return {
    users: await user.count(),
    organizations: await organization.count(),
    sessions: await session.count(),
    tokens: await setupToken.count(),
    auditEntries: await auditEntry.count(),
  };
}
const nothing = { users: 0, organizations: 0, sessions: 0, auditEntries: 0 };

describe("the setup", () => {
  test("[J2] creates the owner, the organization and its Default API Key, and signs the owner in", async () => {
    const token = await issueSetupToken();
    const made = value(await setUp(input(token), origin));
    expect(made.organizationSlug).toBe("northwind-robotics");
    expect(await readSession(made.sessionId, origin.at)).toMatchObject({ email: "ana@example.com" });
    const member = await database().member.findFirstOrThrow({ include: { organization: true } });
    expect(member).toMatchObject({ accessLevel: "OWNER", organization: { name: "Northwind Robotics" } });
    const keys = await database().apiKey.findMany();
    expect(keys).toMatchObject([{ name: "Default API Key", type: "public" }]);
    const entries = await database().auditEntry.findMany({ orderBy: { sequence: "asc" } });
    const actions = ["organization.created", "key.generated", "member.signed_in"];
    expect(entries.map(({ action }) => action)).toEqual(actions);
    expect(await counts()).toMatchObject({ users: 1, organizations: 1, tokens: 0 });
    value(await signIn({ email: "ana@example.com", password }, origin));
  });

  test("works once: a used token, another token and a wrong one get the same answer", async () => {
    const [token, other] = [await issueSetupToken(), await issueSetupToken()];
    const wrong = await setUp(input("wrong"), origin);
    value(await setUp(input(token), origin));
    const before = await counts();
    expect(wrong).toMatchObject({ ok: false, code: "not_found" });
    for (const tried of [token, other, "wrong", ""]) {
      expect(await setUp(input(tried, "eve@example.com"), origin)).toEqual(wrong);
      expect(await isSetupOpen(tried)).toBe(false);
    }
    expect(await counts()).toEqual(before);
  });

  test("a wrong token creates nothing", async () => {
    await issueSetupToken();
    expect(await setUp(input("A".repeat(43)), origin)).toMatchObject({ code: "not_found" });
    expect(await counts()).toEqual({ ...nothing, tokens: 1 });
  });

  test("of many at once, with one token or several, one creates an owner", async () => {
    const tokens = [await issueSetupToken(), await issueSetupToken()];
    const setups = Array.from({ length: 6 }, (_, index) =>
      setUp(input(tokens[index % 2] ?? "", `person-${index}@example.com`), origin),
    );
    const answers = await Promise.all(setups);
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(await counts()).toEqual({ users: 1, organizations: 1, sessions: 1, tokens: 0, auditEntries: 3 });
  });

  test("waits for a running setup, and is then too late", async () => {
    const token = await issueSetupToken();
    const underWay = await inTransaction(async (transaction) => {
      await lockSetup(transaction);
      const trying = setUp(input(token), origin);
      await untilOneWaits();
      await transaction.user.create({ data: { name: "Eve", email: "eve@example.com" } });
      return { trying };
    });
    expect(await underWay.trying).toMatchObject({ ok: false, code: "not_found" });
    expect(await counts()).toMatchObject({ users: 1, organizations: 0, sessions: 0 });
  });

  test("a token is 32 random bytes, and only its hash is stored", async () => {
    const token = await issueSetupToken();
    expect(Buffer.from(token, "base64url")).toHaveLength(32);
    const rows = await database().setupToken.findMany({ select: { hash: true } });
    expect(rows.map(({ hash }) => Buffer.from(hash).toString("hex"))).toEqual([
      createHash("sha256").update(token).digest("hex"),
    ]);
    expect(await isSetupOpen(token)).toBe(true);
  });
});

describe("the owner that the environment names", () => {
  const owner = { email: "root@example.com", password, organization: "Northwind Robotics" };

  test("is created, can sign in, and closes the setup", async () => {
    const token = await issueSetupToken();
    expect(await hasUser()).toBe(false);
    await bootstrapOwner(owner);
    expect(await hasUser()).toBe(true);
    value(await signIn({ email: "root@example.com", password }, origin));
    expect(await setUp(input(token), origin)).toMatchObject({ code: "not_found" });
  });

  test("is created once, however many nodes start together", async () => {
    await Promise.all([bootstrapOwner(owner), bootstrapOwner(owner), bootstrapOwner(owner)]);
    expect(await counts()).toMatchObject({ users: 1, organizations: 1 });
  });

  test("is not created if there is a user", async () => {
    value(await setUp(input(await issueSetupToken()), origin));
    await bootstrapOwner(owner);
    expect(await counts()).toMatchObject({ users: 1, organizations: 1 });
  });
});
