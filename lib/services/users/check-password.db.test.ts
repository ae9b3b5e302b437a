import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestDatabase } from "@/e2e/support/test-database";
import { value } from "@/e2e/support/test-organization";
import { database } from "@/lib/db/client";
import type { Origin } from "@/lib/services/context";
import { checkPassword } from "./check-password";
import { hashPassword } from "./password";

let close: () => Promise<void>;
let passwordHash: string;
const password = "correct horse battery";
beforeAll(async () => {
  ({ close } = await openTestDatabase());
  passwordHash = await hashPassword(password);
});
afterAll(() => close());

const wrong = "That is not right.";
const minuteMs = 60_000;
const start = new Date("2026-01-01T00:00:00.000Z");
const after = (milliseconds: number) => new Date(start.getTime() + milliseconds);

/** From an address that nobody used yet. */
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

test("of 50 simultaneous guesses at one account from many addresses ten are tried", async () => {
  const { email } = await person();
  const guesses = Array.from({ length: 50 }, () => checkPassword(email, "wrong", origin(), wrong));
  const codes = (await Promise.all(guesses)).map((answer) => (answer.ok ? "ok" : answer.code));
  expect(codes.filter((code) => code === "forbidden")).toHaveLength(10);
  expect(codes.filter((code) => code === "rate_limited")).toHaveLength(40);
});

test("a locked account refuses the right password too, says until when, and opens then", async () => {
  const { email } = await person();
  for (let guess = 0; guess < 10; guess++) await checkPassword(email, "wrong", origin(), wrong);
  const refused = await checkPassword(email, password, origin(after(5 * minuteMs)), wrong);
  expect(refused).toEqual({
    ok: false,
    code: "rate_limited",
    detail: "Too many attempts. Try again in 10 minutes.",
  });
  const later = origin(after(15 * minuteMs));
  expect(await checkPassword(email, password, later, wrong)).toMatchObject({ ok: true });
});

test("an unknown email is locked like a known one", async () => {
  const email = `${randomUUID()}@example.com`;
  for (let guess = 0; guess < 10; guess++) await checkPassword(email, password, origin(), wrong);
  expect(await checkPassword(email, password, origin(), wrong)).toMatchObject({ code: "rate_limited" });
});

test("a success clears the account's failures", async () => {
  const { email } = await person();
  for (let round = 0; round < 3; round++) {
    for (let guess = 0; guess < 9; guess++) await checkPassword(email, "wrong", origin(), wrong);
    expect(await checkPassword(email, password, origin(), wrong)).toMatchObject({ ok: true });
  }
});

test("an address is refused after 50 failures at whatever accounts, and locks no further ones", async () => {
  const from = origin();
  for (let guess = 0; guess < 50; guess++) {
    await checkPassword(`${guess}-${randomUUID()}@example.com`, password, from, wrong);
  }
  const { email } = await person();
  for (let guess = 0; guess < 12; guess++) {
    expect(await checkPassword(email, password, from, wrong)).toMatchObject({ code: "rate_limited" });
  }
  expect(await checkPassword(email, password, origin(), wrong)).toMatchObject({ ok: true });
});

test("successes do not use up the address, which a whole office shares", async () => {
  const from = origin();
  const { email } = await person();
  for (let time = 0; time < 60; time++) value(await checkPassword(email, password, from, wrong));
});
