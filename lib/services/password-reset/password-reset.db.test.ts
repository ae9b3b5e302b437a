import { randomUUID } from "node:crypto";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { cheapHash } from "@/e2e/support/data/cheap-hash";
import { createTestOrganization, value } from "@/e2e/support/data/test-organization";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import type { MailServer } from "@/e2e/support/processes/mail-server";
import { mailThrough, startMailServer } from "@/e2e/support/processes/mail-server";
import { database } from "@/lib/db/client";
import { signIn } from "@/lib/services/sessions/sign-in";
import { throttleKey } from "@/lib/services/throttle/throttle";
import { guessBounds } from "@/lib/services/users/password/guess-bounds";
import { readResetLink } from "./read-reset-link";
import { requestPasswordReset } from "./request-password-reset";
import { resetByOperator } from "./reset-by-operator";
import { resetPassword } from "./reset-password";

let passwordHash: string;
let server: MailServer;
provideTestDatabase();
beforeAll(async () => {
  passwordHash = await cheapHash(old);
});
beforeEach(async () => {
  await database().throttle.deleteMany();
  server = await startMailServer();
  mailThrough(server.url);
});
afterEach(async () => {
  mailThrough(undefined);
  await server.close();
});

const old = "correct horse battery";
const password = "another-horse-battery";
const minuteMs = 60_000;
const start = new Date("2026-01-01T12:00:00Z");
const origin = (minutes = 0, address = "203.0.113.7") => ({
  at: new Date(start.getTime() + minutes * minuteMs),
  address,
  userAgent: "test",
  requestId: null,
});

/** An owner who is signed in twice and knows their password. */
async function person() {
  const organization = await createTestOrganization("Resetting");
  const id = organization.userIds.OWNER;
  const { email } = await database().user.update({ where: { id }, data: { passwordHash } });
  for (let time = 0; time < 2; time++) value(await signIn({ email, password: old }, origin()));
  return { id, email, organizationId: organization.id };
}

const mailsTo = (email: string) => server.received.filter(({ to }) => to.includes(email));
const linksIn = (mails: MailServer["received"]) =>
  mails.flatMap(({ body }) => /\/reset-password\/([\w-]{43})/.exec(body)?.[1] ?? []);

/** Requests a link, and returns the mailed token. */
async function ask(email: string, minutes = 0): Promise<string> {
  const before = mailsTo(email).length;
  value(await requestPasswordReset({ email }, origin(minutes)));
  await expect.poll(() => mailsTo(email).length).toBe(before + 1);
  return linksIn(mailsTo(email)).at(-1) ?? "";
}

describe("a link", () => {
  test("sets a new password once, ends all sessions, is audited, and the person gets a mail", async () => {
    const { id, email, organizationId } = await person();
    const token = await ask(email);
    const stored = await database().passwordReset.findUniqueOrThrow({
      where: { userId: id },
      select: { tokenHash: true },
    });
    expect(Buffer.from(stored.tokenHash).toString("base64url")).not.toBe(token);
    // Opening the link does not use it up, because mail programs open links before people do.
    for (let time = 0; time < 3; time++) {
      expect(await readResetLink(token, origin().at)).toMatchObject({ email, byOperator: false });
    }
    const twice = await Promise.all([1, 2].map(() => resetPassword({ token, password }, origin(1))));
    expect(twice.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await database().session.count({ where: { userId: id } })).toBe(0);
    expect(await signIn({ email, password: old }, origin(1))).toMatchObject({ ok: false });
    expect(await signIn({ email, password }, origin(1))).toMatchObject({ ok: true });
    expect(await resetPassword({ token, password: old }, origin(1))).toMatchObject({ code: "not_found" });
    const entries = await database().auditEntry.findMany({
      where: { organizationId, action: "member.password_reset" },
    });
    expect(entries).toMatchObject([{ actorUserId: id, details: { sessionsEnded: 2, link: "mail" } }]);
    expect(JSON.stringify(entries)).not.toContain(token);
    await expect.poll(() => mailsTo(email).length).toBe(2);
    expect(mailsTo(email)[1]?.head).toContain("Subject: Your Latchkey password was changed");
    expect(linksIn(mailsTo(email))).toEqual([token]);
  });

  test("works for an hour, and the newest is the one that works", async () => {
    const { email } = await person();
    const [first, second] = [await ask(email), await ask(email, 5)];
    expect(await readResetLink(first, origin(6).at)).toBeNull();
    expect(await resetPassword({ token: first, password }, origin(6))).toMatchObject({ code: "not_found" });
    expect(await readResetLink(second, origin(64.9).at)).not.toBeNull();
    expect(await resetPassword({ token: second, password }, origin(65))).toMatchObject({ code: "not_found" });
    value(await resetPassword({ token: second, password }, origin(64.9)));
  });

  test("gives an account without a password to the mailbox's owner", async () => {
    const email = `made-by-a-key-${randomUUID()}@example.com`;
    await database().user.create({ data: { name: "Made Bykey", email } });
    value(await resetPassword({ token: await ask(email), password }, origin()));
    expect(await signIn({ email, password }, origin())).toMatchObject({ ok: true });
  });

  test("is not used up by a refused password, and unlocks a locked-out person", async () => {
    const { email } = await person();
    for (let time = 0; time < 12; time++) await signIn({ email, password: "wrong" }, origin());
    const token = await ask(email);
    for (const weak of ["password1234", email]) {
      expect(await resetPassword({ token, password: weak }, origin())).toMatchObject({
        code: "invalid_request",
        fields: [{ field: "password" }],
      });
    }
    value(await resetPassword({ token, password }, origin()));
    expect(await signIn({ email, password }, origin())).toMatchObject({ ok: true });
  });
});

describe("asking for one", () => {
  test("gets the same answer for an email without an account, and sends nothing to it", async () => {
    const { email } = await person();
    const nobody = `nobody-${randomUUID()}@example.com`;
    const answers = async (each: string, address: string) => {
      const asked = [];
      for (let time = 0; time < 7; time++) {
        asked.push(await requestPasswordReset({ email: each }, origin(0, address)));
      }
      return asked;
    };
    const unknown = await answers(nobody, "203.0.113.1");
    expect(await answers(email, "203.0.113.2")).toEqual(unknown);
    expect(unknown.map((answer) => (answer.ok ? "ok" : answer.code))).toEqual([
      ...Array.from({ length: 5 }, () => "ok"),
      ...Array.from({ length: 2 }, () => "rate_limited"),
    ]);
    await expect.poll(() => mailsTo(email).length).toBe(5);
    expect(mailsTo(nobody)).toEqual([]);
  });

  test("is answered before the account is looked up: a silent mail server delays nothing", async () => {
    const silent: (() => void)[] = [];
    const slow = await startMailServer({ onRcptTo: (_to, _session, done) => void silent.push(done) });
    mailThrough(slow.url);
    value(await requestPasswordReset({ email: (await person()).email }, origin()));
    await expect.poll(() => silent.length).toBe(1);
    for (const done of silent) done();
    await slow.close();
  });

  test("cannot be blocked by a stranger: the last link works until another can be requested", async () => {
    const { email } = await person();
    const request = (minutes: number) => requestPasswordReset({ email }, origin(minutes, "198.51.100.9"));
    let last = "";
    for (let minute = 0; minute < 5; minute++) last = await ask(email, minute);
    for (const minute of [5, 31, 59.99]) {
      expect(await request(minute)).toMatchObject({ code: "rate_limited" });
      expect(await readResetLink(last, origin(minute).at)).not.toBeNull();
    }
    const next = await ask(email, 60);
    value(await resetPassword({ token: next, password }, origin(60)));
  });

  test("is limited per requesting address", async () => {
    const asked = [];
    for (let time = 0; time < 32; time++) {
      asked.push(await requestPasswordReset({ email: `${randomUUID()}@example.com` }, origin()));
    }
    expect(asked.filter(({ ok }) => ok)).toHaveLength(30);
  });

  test("without a mail server says so", async () => {
    mailThrough(undefined);
    const { email } = await person();
    expect(await requestPasswordReset({ email }, origin())).toMatchObject({ code: "conflict" });
  });
});

describe("the operator", () => {
  test("creates a link for an hour, without mail, which unlocks a locked-out person", async () => {
    mailThrough(undefined);
    const { id, email, organizationId } = await person();
    for (let time = 0; time < 12; time++) await signIn({ email, password: "wrong" }, origin());
    const { link, expiresAt } = value(await resetByOperator(` ${email.toUpperCase()} `, origin().at));
    expect(expiresAt).toEqual(origin(60).at);
    expect(await signIn({ email, password: old }, origin())).toMatchObject({ ok: true });
    const token = link.split("/").at(-1) ?? "";
    value(await resetPassword({ token, password }, origin(59)));
    expect(await database().session.count({ where: { userId: id } })).toBe(0);
    const where = { organizationId, action: "member.password_reset" };
    expect(await database().auditEntry.findMany({ where })).toMatchObject([
      { details: { link: "operator" } },
    ]);
  });

  test("creates a link that is not replaced by a mailed one, which anybody could request", async () => {
    const { email } = await person();
    const { link } = value(await resetByOperator(email, origin().at));
    const token = link.split("/").at(-1) ?? "";
    value(await requestPasswordReset({ email }, origin(1)));
    // A later mail was sent, so this one was skipped.
    const other = await person();
    await ask(other.email, 1);
    expect(mailsTo(email)).toEqual([]);
    value(await resetPassword({ token, password }, origin(2)));
    expect(linksIn([...server.received])).toHaveLength(1);
  });

  test("unlocks an account that was locked at one address, and no other account", async () => {
    const { email } = await person();
    const keysOf = (whose: string) =>
      guessBounds(whose, origin(0, "2001:db8::1"), { kind: "anybody" }).map(({ throttle, subject }) =>
        throttleKey(throttle, subject),
      );
    const others = keysOf(`other-${email}`);
    await database().throttle.deleteMany();
    await database().throttle.createMany({
      data: [...new Set([...keysOf(email), ...others])].map((key) => ({
        key,
        count: 100,
        windowStartedAt: origin().at,
      })),
    });
    value(await resetByOperator(email, origin().at));
    const kept = await database().throttle.findMany({ orderBy: { key: "asc" } });
    expect(kept.map(({ key }) => key).sort()).toEqual(others.sort());
  });

  test.each([
    ["nobody@example.com", "not_found", "There is no account with the email nobody@example.com."],
    ["nobody", "invalid_request", '"nobody" is not an email address.'],
  ])("is told of %j that it has no account", async (email, code, detail) => {
    expect(await resetByOperator(email, origin().at)).toMatchObject({ code, detail });
  });
});
