import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { cheapHash } from "@/e2e/support/data/cheap-hash";
import { createTestOrganization, value } from "@/e2e/support/data/test-organization";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import { untilOneWaits } from "@/e2e/support/timing/until-one-waits";
import { database, inTransaction } from "@/lib/db/client";
import type { Origin, UserActor } from "@/lib/services/access/context";
import { browserOfSession } from "@/lib/services/users/known-browser";
import { changePassword } from "@/lib/services/users/password/change-password";
import { confirmPassword } from "./confirm-password";
import { endSession } from "./end-session";
import { readSession } from "./read-session";
import { signIn } from "./sign-in";

let passwordHash: string;
const password = "correct horse battery";
provideTestDatabase();
beforeAll(async () => {
  passwordHash = await cheapHash(password);
});

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const dayAfter = (days: number) => new Date(start.getTime() + days * dayMs);
const start = new Date("2026-01-01T00:00:00.000Z");

/** Each test uses its own address, so that none uses up another's attempts. */
let addresses = 0;
function origin(at = start): Origin {
  addresses++;
  const address = `198.51.${addresses >> 8}.${addresses & 255}`;
  return { at, address, userAgent: "test", requestId: null };
}

async function person(): Promise<{ email: string; id: string }> {
  const email = `${randomUUID()}@example.com`;
  const { id } = await database().user.create({ data: { email, name: "Ana", passwordHash } });
  return { email, id };
}

async function signedIn(email: string, at = start): Promise<UserActor> {
  const { sessionId } = value(await signIn({ email, password }, origin(at)));
  const actor = await readSession(sessionId, at);
  if (actor === null) throw new Error("not signed in");
  return actor;
}

describe("signing in", () => {
  test("creates a session that records the person and where it began", async () => {
    const { email, id } = await person();
    const from = origin();
    const { sessionId } = value(await signIn({ email, password }, from));
    expect(await readSession(sessionId, start)).toEqual({
      ...{ kind: "user", userId: id, name: "Ana", email, sessionId, authenticatedAt: start },
    });
    const row = await database().session.findUniqueOrThrow({ where: { id: sessionId } });
    expect(row).toMatchObject({ address: from.address, userAgent: "test", createdAt: start });
  });

  test("a wrong password, an unknown email and a person without a password get the same answer", async () => {
    const { email } = await person();
    const without = `${randomUUID()}@example.com`;
    await database().user.create({ data: { email: without, name: "Ben" } });
    const answers = [
      await signIn({ email, password: "wrong" }, origin()),
      await signIn({ email: `${randomUUID()}@example.com`, password }, origin()),
      await signIn({ email: without, password }, origin()),
    ];
    expect(answers[0]).toMatchObject({ ok: false, code: "forbidden" });
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
  });

  test("[L17] the audit entry marks a browser that has not signed in with this password before", async () => {
    const { email, id } = await person();
    const { id: organizationId } = await createTestOrganization();
    const data = { organizationId, userId: id, accessLevel: "MEMBER" } as const;
    await database().member.create({ data });
    const { sessionId } = value(await signIn({ email, password }, origin()));
    const known = await browserOfSession(sessionId, randomUUID());
    await signIn({ email, password }, origin(), known);
    await signIn({ email, password }, origin(), {
      ...known,
      passwordTag: "of an older password",
    } as typeof known);
    await signIn({ email, password }, origin(), { ...known, userId: randomUUID() } as typeof known);
    const entries = await database().auditEntry.findMany({
      where: { organizationId, action: "member.signed_in" },
      orderBy: { sequence: "asc" },
    });
    const isNew = { newBrowser: true };
    const details = entries.map((entry) => entry.details);
    expect(details).toEqual([isNew, {}, isNew, isNew].map((each) => ({ email, ...each })));
  });

  test("removes expired sessions of anybody, and no live one", async () => {
    const { email, id } = await person();
    const [gone, here] = [await signedIn(email), await signedIn((await person()).email, dayAfter(1))];
    await signedIn((await person()).email, dayAfter(7.5));
    expect(await database().session.count({ where: { userId: id } })).toBe(0);
    expect(await readSession(gone.sessionId, dayAfter(7.5))).toBeNull();
    expect(await readSession(here.sessionId, dayAfter(7.5))).not.toBeNull();
  });

  test("several at once each get their own session", async () => {
    const { email, id } = await person();
    const started = await Promise.all([1, 2, 3].map(() => signIn({ email, password }, origin())));
    expect(started.map(({ ok }) => ok)).toEqual([true, true, true]);
    expect(await database().session.count({ where: { userId: id } })).toBe(3);
  });

  test("removes the person's expired sessions", async () => {
    const { email, id } = await person();
    await signedIn(email);
    await signedIn(email, new Date(start.getTime() + 8 * dayMs));
    expect(await database().session.count({ where: { userId: id } })).toBe(1);
  });
});

describe("a session ends", () => {
  test("when it is signed out", async () => {
    const { email } = await person();
    const actor = await signedIn(email);
    const other = await signedIn(email);
    await endSession(actor.sessionId, origin());
    expect(await readSession(actor.sessionId, start)).toBeNull();
    expect(await readSession(other.sessionId, start)).not.toBeNull();
    await endSession(actor.sessionId, origin());
  });

  test("seven days after it began, however much it was used", async () => {
    const { email } = await person();
    const { sessionId } = await signedIn(email);
    expect(await readSession(sessionId, new Date(start.getTime() + 7 * dayMs - 1))).not.toBeNull();
    expect(await readSession(sessionId, new Date(start.getTime() + 7 * dayMs))).toBeNull();
  });

  test("when the person is removed", async () => {
    const { email, id } = await person();
    const { sessionId } = await signedIn(email);
    await database().user.delete({ where: { id } });
    expect(await readSession(sessionId, start)).toBeNull();
  });

  test.each([
    ["nothing", ""],
    ["no id", "nonsense"],
    ["an injection", "' OR 1=1 --"],
    ["an id and NUL", `${randomUUID()}\0`],
    ["an id of nothing", randomUUID()],
  ])("and an invalid one does not exist: %s", async (_, sessionId) => {
    expect(await readSession(sessionId, start)).toBeNull();
  });
});

describe("changing the password", () => {
  const newPassword = "another horse battery";

  test("ends every other session, keeps this one, and only the new password signs in", async () => {
    const { email } = await person();
    const [here, there, elsewhere] = [await signedIn(email), await signedIn(email), await signedIn(email)];
    value(await changePassword(here, { currentPassword: password, newPassword }, origin()));
    expect(await readSession(here.sessionId, start)).not.toBeNull();
    expect(await readSession(there.sessionId, start)).toBeNull();
    expect(await readSession(elsewhere.sessionId, start)).toBeNull();
    expect(await signIn({ email, password }, origin())).toMatchObject({ ok: false, code: "forbidden" });
    value(await signIn({ email, password: newPassword }, origin()));
  });

  test("needs the current one, and changes nothing without it", async () => {
    const { email } = await person();
    const [here, there] = [await signedIn(email), await signedIn(email)];
    const refused = await changePassword(here, { currentPassword: "wrong", newPassword }, origin());
    expect(refused).toMatchObject({ ok: false, fields: [{ field: "currentPassword" }] });
    expect(await readSession(there.sessionId, start)).not.toBeNull();
    value(await signIn({ email, password }, origin()));
  });

  test("refuses a sign-in that checked the old one just before", async () => {
    const { email, id } = await person();
    const underWay = await inTransaction(async (transaction) => {
      await transaction.user.update({ where: { id }, data: { passwordHash: await cheapHash("new") } });
      await transaction.session.deleteMany({ where: { userId: id } });
      const trying = signIn({ email, password }, origin());
      await untilOneWaits();
      return { trying };
    });
    expect(await underWay.trying).toMatchObject({ ok: false, code: "forbidden" });
    expect(await database().session.count({ where: { userId: id } })).toBe(0);
  });

  test("of several at once, one wins", async () => {
    const { email } = await person();
    const here = await signedIn(email);
    const changes = ["first new password", "second new password"].map((text) =>
      changePassword(here, { currentPassword: password, newPassword: text }, origin()),
    );
    const answers = await Promise.all(changes);
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(answers.find((answer) => !answer.ok)).toMatchObject({ code: "conflict" });
  });
});

describe("entering the password again", () => {
  const later = new Date(start.getTime() + 30 * minuteMs);

  test("the correct one counts for five minutes, in this session only", async () => {
    const { email } = await person();
    const [here, there] = [await signedIn(email), await signedIn(email)];
    value(await confirmPassword(here, { password }, origin(later)));
    expect((await readSession(here.sessionId, later))?.authenticatedAt).toEqual(later);
    expect((await readSession(there.sessionId, later))?.authenticatedAt).toEqual(start);
  });

  test("a wrong one unlocks nothing and counts as an attempt", async () => {
    const { email } = await person();
    const here = await signedIn(email);
    for (let guess = 0; guess < 10; guess++) {
      expect(await confirmPassword(here, { password: "wrong" }, origin(later))).toMatchObject({
        code: "forbidden",
      });
    }
    expect(await confirmPassword(here, { password }, origin(later))).toMatchObject({ code: "rate_limited" });
    expect((await readSession(here.sessionId, later))?.authenticatedAt).toEqual(start);
  });

  test("not in a session that has ended", async () => {
    const { email } = await person();
    const here = await signedIn(email);
    await endSession(here.sessionId, origin());
    expect(await confirmPassword(here, { password }, origin(later))).toMatchObject({ code: "signed_out" });
  });
});
