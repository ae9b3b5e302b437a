import { randomUUID } from "node:crypto";
import { pino } from "pino";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { cheapHash } from "@/e2e/support/data/cheap-hash";
import { makeOrganizations } from "@/e2e/support/data/many-organizations";
import { createTestOrganization, value } from "@/e2e/support/data/test-organization";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import { failure } from "@/lib/core/result";
import { database, inTransaction, inTransactionApart } from "@/lib/db/client";
import { readWhileNodesAcknowledge } from "@/lib/db/unit-of-work";
import type { Origin, UserActor } from "@/lib/services/access/context";
import { verifyAuditChains } from "@/lib/services/audit/verify-audit-chains";
import { runOnce } from "@/lib/services/idempotency/run-once";
import { changePassword } from "@/lib/services/users/password/change-password";
import { updateProfile } from "@/lib/services/users/update-profile";
import { confirmPassword } from "./confirm-password";
import { endSession } from "./end-session";
import { readSession } from "./read-session";
import { recordedGuesses, recordFailedGuess } from "./record-guesses";
import { recordSessionEvent } from "./record-session-event";
import { signIn } from "./sign-in";

const password = "correct horse battery";
const holder = globalThis as { latchkeyLog?: unknown };
let passwordHash: string;
let lines: string[];
provideTestDatabase();
beforeAll(async () => {
  passwordHash = await cheapHash(password);
});
beforeEach(() => {
  lines = [];
  holder.latchkeyLog = pino({ base: null }, { write: (line: string) => void lines.push(line) });
});
afterAll(async () => {
  delete holder.latchkeyLog;
});

let addresses = 0;
const origin = (): Origin => ({
  at: new Date(),
  address: `192.0.2.${++addresses}`,
  userAgent: "A browser",
  requestId: randomUUID(),
});

/** Creates a member of these organizations. */
async function member(...organizationIds: readonly string[]): Promise<{ id: string; email: string }> {
  const email = `${randomUUID()}@example.com`;
  const { id } = await database().user.create({ data: { email, name: "Ana", passwordHash } });
  const data = organizationIds.map((organizationId) => ({ organizationId, userId: id }));
  await database().member.createMany({ data: data.map((row) => ({ ...row, accessLevel: "MEMBER" })) });
  return { id, email };
}

async function signedIn(email: string): Promise<UserActor> {
  const { sessionId } = value(await signIn({ email, password }, origin()));
  const actor = await readSession(sessionId, new Date());
  if (actor === null) throw new Error("not signed in");
  return actor;
}

const entriesOn = (targetId: string) =>
  database().auditEntry.findMany({ where: { targetId }, orderBy: { id: "asc" } });

test("every organization of a person records a session event, and no other does", async () => {
  const [first, second] = [await createTestOrganization("First"), await createTestOrganization("Second")];
  await createTestOrganization("Third");
  const { id, email } = await member(first.id, second.id);
  const from = origin();
  value(await signIn({ email, password }, from));
  const entries = await entriesOn(id);
  expect(entries.map(({ organizationId }) => organizationId).sort()).toEqual([first.id, second.id].sort());
  for (const entry of entries) {
    expect(entry).toMatchObject({ action: "member.signed_in", actorUserId: id, address: from.address });
    expect(entry).toMatchObject({ targetType: "member", userAgent: "A browser", requestId: from.requestId });
  }
});

test("a session event takes as few statements in many organizations as in one", async () => {
  const branches = Array.from({ length: 200 }, (_, index) => ({
    name: `Branch ${index}`,
    slug: randomUUID(),
  }));
  const many = await makeOrganizations(branches);
  const uses: number[] = [];
  for (const organizationIds of [many.slice(0, 1), many]) {
    const { id } = await member(...organizationIds);
    await inTransaction(async (transaction) => {
      let used = 0;
      const counting = new Proxy(transaction, {
        get: (target, property) => {
          used++;
          return Reflect.get(target, property);
        },
      });
      await recordSessionEvent(counting, "member.signed_in", id, origin());
      uses.push(used);
    });
    expect(await entriesOn(id)).toHaveLength(organizationIds.length);
  }
  expect(uses[1]).toBe(uses[0]);
});

test("every organization of a person records a new name once, with the previous one", async () => {
  const [first, second] = [await createTestOrganization("First"), await createTestOrganization("Second")];
  const { id, email } = await member(first.id, second.id);
  const actor = await signedIn(email);
  const from = origin();
  const rename = (name: string, seen: string) => updateProfile(actor, { name, seen: { name: seen } }, from);
  value(await rename("Ana Maria", "Ana"));
  value(await rename("Ana Maria", "Ana Maria"));
  const entries = (await entriesOn(id)).filter(({ action }) => action === "member.renamed");
  expect(entries.map(({ organizationId }) => organizationId).sort()).toEqual([first.id, second.id].sort());
  for (const entry of entries) {
    expect(entry).toMatchObject({ actorUserId: id, targetName: "Ana Maria", address: from.address });
    expect(entry.details).toMatchObject({ email, nameBefore: "Ana" });
  }
});

test("each event is one structured line of the log, without a password and without a token", async () => {
  const organization = await createTestOrganization("Logged");
  const { id, email } = await member(organization.id);
  const actor = await signedIn(email);
  value(await confirmPassword(actor, { password }, origin()));
  const newPassword = "another horse battery";
  value(await changePassword(actor, { currentPassword: password, newPassword }, origin()));
  await endSession(actor.sessionId, origin());
  await endSession(actor.sessionId, origin());

  const told = ["signed_in", "password_confirmed", "password_changed", "signed_out"];
  const actions = told.map((name) => `member.${name}`);
  expect((await entriesOn(id)).map(({ action }) => action)).toEqual(actions);
  const events = lines.map((line) => JSON.parse(line)).filter(({ event }) => event !== undefined);
  expect(events.map(({ event }) => event)).toEqual(actions);
  for (const event of events) {
    expect(event).toMatchObject({ userId: id, userAgent: "A browser", requestId: expect.any(String) });
    expect(event.address).toMatch(/^192\.0\.2\.\d+$/);
  }
  for (const secret of [password, newPassword, passwordHash]) expect(lines.join()).not.toContain(secret);
});

test("people of the same organizations who sign in at once do not deadlock, and the chains hold", async () => {
  const organizations = await Promise.all(["A", "B", "C"].map((name) => createTestOrganization(name)));
  const ids = organizations.map((organization) => organization.id);
  const emails: string[] = [];
  for (const own of [ids, ids.toReversed(), ids, ids.toReversed()]) emails.push((await member(...own)).email);
  const answers = await Promise.all(emails.map((email) => signIn({ email, password }, origin())));
  expect(answers.map(({ ok }) => ok)).toEqual([true, true, true, true]);
  for (const organizationId of ids) {
    const where = { organizationId, action: "member.signed_in" };
    expect(await database().auditEntry.count({ where })).toBe(4);
  }
  expect((await verifyAuditChains()).filter(({ fault }) => fault !== null)).toEqual([]);
});

describe("a wrong password in an idempotent request", () => {
  const claims = () => database().idempotentRequest.findMany({ select: { appliedAt: true } });
  const request = (userId: string) => ({
    caller: { userId, organizationId: null },
    idempotencyKey: randomUUID(),
    content: "confirm",
    at: new Date(),
  });

  test("is audited, and its entry does not count as the change", async () => {
    const organization = await createTestOrganization("Once");
    const { id, email } = await member(organization.id);
    const actor = await signedIn(email);
    const once = request(id);
    const outcome = await runOnce(once, [], async () => {
      const refused = await confirmPassword(actor, { password: "wrong" }, origin());
      await recordedGuesses();
      expect(await claims()).toEqual([{ appliedAt: null }]);
      return refused;
    });
    expect(outcome).toMatchObject({ code: "forbidden" });
    expect((await entriesOn(id)).map(({ action }) => action)).toContain("member.password_refused");
    expect(await claims()).toEqual([]);
    const right = await runOnce(once, [], () => confirmPassword(actor, { password }, origin()));
    expect(right).toEqual({ ok: true, value: null });
    await database().idempotentRequest.deleteMany();
  });

  test("is audited even if the request's row is removed before the entry is written", async () => {
    const { id } = await member((await createTestOrganization("Forgotten")).id);
    await runOnce(request(id), [], async () => {
      await database().idempotentRequest.deleteMany();
      recordFailedGuess({ userId: id, guesser: "session", origin: origin() }, 1);
      await recordedGuesses();
      return failure("forbidden", "The password is incorrect.");
    });
    expect((await entriesOn(id)).map(({ action }) => action)).toEqual(["member.password_refused"]);
  });
});

test("a separate transaction starts no reading of a change's answer", async () => {
  const read: string[] = [];
  const change = async () => {
    await inTransactionApart(async () => null);
    read.push("changed");
  };
  await (await readWhileNodesAcknowledge(change, async () => read.push("read"))).read();
  expect(read).toEqual(["changed", "read"]);
});
