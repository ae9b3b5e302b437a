import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { cheapHash } from "@/e2e/support/data/cheap-hash";
import { createTestOrganization, value } from "@/e2e/support/data/test-organization";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import { database } from "@/lib/db/client";
import type { Origin } from "@/lib/services/access/context";
import { recordedGuesses } from "@/lib/services/sessions/record-guesses";
import { browserOfSession } from "../known-browser";
import type { TriedFrom } from "./check-password";
import { checkPassword as check } from "./check-password";
import { passwordMatches } from "./password";

let passwordHash: string;
const password = "correct horse battery";
provideTestDatabase();
beforeAll(async () => {
  passwordHash = await cheapHash(password);
});

const wrong = "That is not right.";
const minuteMs = 60_000;
const start = new Date("2026-01-01T00:00:00.000Z");
const after = (milliseconds: number) => new Date(start.getTime() + milliseconds);

/** Attempts from an unused address. */
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

const anybody = { browser: null };
const checkPassword = (email: string, tried: string, from: Origin, by: TriedFrom = anybody) =>
  check(email, tried, from, by, wrong);

const codeOf = (answer: { ok: true } | { ok: false; code: string }) => (answer.ok ? "ok" : answer.code);
const count = (codes: readonly string[], code: string) => codes.filter((each) => each === code).length;

test("ten of 50 simultaneous guesses at one account from one address are tried", async () => {
  const { email } = await person();
  const from = origin();
  const guesses = Array.from({ length: 50 }, () => checkPassword(email, "wrong", from));
  const codes = (await Promise.all(guesses)).map(codeOf);
  expect([count(codes, "forbidden"), count(codes, "rate_limited")]).toEqual([10, 40]);
});

/** Attempts from an unused /64 of the same /48. */
let subnets = 0;
function within(network: string): Origin {
  subnets++;
  return { at: start, address: `${network}:${subnets.toString(16)}::1`, userAgent: "test", requestId: null };
}

test("a /48 full of addresses gets half of an account's guesses, and locks out nobody elsewhere", async () => {
  const { email } = await person();
  const guesses = Array.from({ length: 70 }, () => checkPassword(email, "wrong", within("2001:db8:a")));
  const codes = (await Promise.all(guesses)).map(codeOf);
  expect([count(codes, "forbidden"), count(codes, "rate_limited")]).toEqual([50, 20]);
  expect(await checkPassword(email, password, within("2001:db8:a"))).toMatchObject({ code: "rate_limited" });
  expect(await checkPassword(email, password, within("2001:db8:b"))).toMatchObject({ ok: true });
});

test("a /48 is refused after 500 guesses at any accounts", async () => {
  const key = "password:network:2001:db8:c::/48";
  await database().throttle.create({ data: { key, count: 499, windowStartedAt: start } });
  const { email } = await person();
  const guess = () => checkPassword(email, "wrong", within("2001:db8:c")).then(codeOf);
  expect([await guess(), await guess()]).toEqual(["forbidden", "rate_limited"]);
  expect(await checkPassword(email, password, within("2001:db8:d"))).toMatchObject({ ok: true });
});

test("wrong passwords from one address do not lock out another", async () => {
  const { email } = await person();
  const from = origin();
  for (let guess = 0; guess < 12; guess++) await checkPassword(email, "wrong", from);
  expect(await checkPassword(email, password, from)).toMatchObject({ code: "rate_limited" });
  expect(await checkPassword(email, password, origin())).toMatchObject({ ok: true });
});

test("guesses at one account from many addresses are limited, and no sign-in raises the limit", async () => {
  const { email } = await person();
  const guess = () => checkPassword(email, "wrong", origin());
  const first = (await Promise.all(Array.from({ length: 60 }, guess))).map(codeOf);
  expect(await checkPassword(email, password, origin())).toMatchObject({ ok: true });
  const rest = (await Promise.all(Array.from({ length: 60 }, guess))).map(codeOf);
  expect(count([...first, ...rest], "forbidden")).toBe(100);
  expect(await checkPassword(email, password, origin())).toMatchObject({ code: "rate_limited" });
});

/** An account locked by guesses from many addresses, except for known browsers. */
async function locked() {
  const made = await person();
  const key = `password:account:${made.email}`;
  await database().throttle.create({ data: { key, count: 100, windowStartedAt: start } });
  expect(await checkPassword(made.email, password, origin())).toMatchObject({ code: "rate_limited" });
  const { id: sessionId } = await database().session.create({
    data: { userId: made.id, authenticatedAt: start, expiresAt: after(60 * minuteMs) },
  });
  return { ...made, sessionId };
}

test("a live session of a locked account has its own limit, and sees how many attempts are left", async () => {
  const { email, sessionId } = await locked();
  expect(await checkPassword(email, password, origin(), { sessionId })).toMatchObject({ ok: true });
  const details: string[] = [];
  for (let guess = 0; guess < 11; guess++) {
    const answer = await checkPassword(email, "wrong", origin(), { sessionId });
    if (!answer.ok) details.push(answer.detail);
  }
  expect(details[0]).toBe(`${wrong} 9 attempts left.`);
  expect(details.slice(-3)).toEqual([
    `${wrong} 1 attempt left.`,
    `${wrong} 0 attempts left.`,
    "Too many attempts. Try again in 15 minutes.",
  ]);
  const other = { sessionId: randomUUID() };
  expect(await checkPassword(email, password, origin(), other)).toMatchObject({ ok: true });
});

test("a browser that signed in before gets ten attempts at a locked account", async () => {
  const { email, sessionId } = await locked();
  const browser = await browserOfSession(sessionId, randomUUID());
  expect(await checkPassword(email, password, origin(), { browser })).toMatchObject({ ok: true });
  const guesses = Array.from({ length: 30 }, () => checkPassword(email, "wrong", origin(), { browser }));
  const codes = (await Promise.all(guesses)).map(codeOf);
  expect([count(codes, "forbidden"), count(codes, "rate_limited")]).toEqual([10, 20]);
});

test("a browser is known only for its own account, and no longer after a new password", async () => {
  const [own, other] = [await locked(), await locked()];
  const browser = await browserOfSession(own.sessionId, randomUUID());
  expect(await checkPassword(other.email, password, origin(), { browser })).toMatchObject({
    code: "rate_limited",
  });
  await database().user.update({
    where: { id: own.id },
    data: { passwordHash: await cheapHash(password) },
  });
  expect(await checkPassword(own.email, password, origin(), { browser })).toMatchObject({
    code: "rate_limited",
  });
});

test("a locked account refuses the right password too, says until when, and opens then", async () => {
  const { email } = await person();
  const from = origin();
  for (let guess = 0; guess < 10; guess++) await checkPassword(email, "wrong", from);
  const refused = await checkPassword(email, password, { ...from, at: after(5 * minuteMs) });
  expect(refused).toEqual({
    ok: false,
    code: "rate_limited",
    detail: "Too many attempts. Try again in 10 minutes.",
  });
  const later = { ...from, at: after(15 * minuteMs) };
  expect(await checkPassword(email, password, later)).toMatchObject({ ok: true });
});

test("an unknown email is locked like a known one", async () => {
  const email = `${randomUUID()}@example.com`;
  const from = origin();
  for (let guess = 0; guess < 10; guess++) await checkPassword(email, password, from);
  expect(await checkPassword(email, password, from)).toMatchObject({ code: "rate_limited" });
});

test("a success clears the failures at its own address", async () => {
  const { email } = await person();
  const from = origin();
  for (let round = 0; round < 3; round++) {
    for (let guess = 0; guess < 9; guess++) await checkPassword(email, "wrong", from);
    expect(await checkPassword(email, password, from)).toMatchObject({ ok: true });
  }
});

test("an address is refused after 50 failures at any accounts, and then locks no more of them", async () => {
  const from = origin();
  for (let guess = 0; guess < 50; guess++) {
    await checkPassword(`${guess}-${randomUUID()}@example.com`, password, from);
  }
  const { email } = await person();
  for (let guess = 0; guess < 12; guess++) {
    expect(await checkPassword(email, password, from)).toMatchObject({ code: "rate_limited" });
  }
  expect(await checkPassword(email, password, origin())).toMatchObject({ ok: true });
});

test("successes do not count against an address, which a whole office may share", async () => {
  const from = origin();
  const { email } = await person();
  for (let time = 0; time < 60; time++) value(await checkPassword(email, password, from));
});

test("ten failures of a window and one lock-out are audited, however many there are; unknown emails never", async () => {
  const organization = await createTestOrganization("Guessed at");
  const { email, id } = await person();
  const data = { organizationId: organization.id, userId: id, accessLevel: "OWNER" } as const;
  await database().member.create({ data });
  const before = await database().auditEntry.count();
  for (let guess = 0; guess < 30; guess++) {
    await checkPassword(`${randomUUID()}@example.com`, "wrong", origin());
    await checkPassword(email, "wrong", origin());
  }
  await database().throttle.update({ where: { key: `password:account:${email}` }, data: { count: 100 } });
  for (let guess = 0; guess < 30; guess++) await checkPassword(email, "wrong", origin());
  await recordedGuesses();
  const entries = await database().auditEntry.findMany({ where: { targetId: id } });
  const codes = entries.map(({ actorKind, action }) => `${actorKind} ${action}`);
  expect(count(codes, "system member.sign_in_failed")).toBe(10);
  expect(count(codes, "system member.locked_out")).toBe(1);
  expect(await database().auditEntry.count()).toBe(before + 11);
});

test("[L10] while strangers flood the checks, a stranger is refused, unlimited, and a session is not", async () => {
  const { email, id } = await person();
  const sessionId = randomUUID();
  let isOver = false;
  const flood = async () => {
    while (!isOver) await passwordMatches("wrong", null, true).catch(() => new Promise(setImmediate));
  };
  const strangers = Array.from({ length: 110 }, flood);
  const from = origin();
  const refused = await checkPassword(email, password, from);
  expect(refused).toMatchObject({
    ok: false,
    code: "rate_limited",
    detail: expect.stringMatching(/^Too many people/),
  });
  expect(await checkPassword(email, password, from, { sessionId })).toMatchObject({
    ok: true,
    value: { id },
  });
  isOver = true;
  await Promise.all(strangers);
  // The refused attempts did not count.
  for (let tried = 0; tried < 11; tried++) await checkPassword(email, password, from);
  expect(await checkPassword(email, password, from)).toMatchObject({ ok: true });
});
