import { expect, test } from "vitest";
import { hashPassword, passwordMatches, TooManyWaiting } from "./password";

const turns = globalThis as { latchkeyHashing?: { running: number; waiting: unknown[] } };

test("argon2id with 46 MiB, one pass, one lane, and a unique salt", async () => {
  const [first, second] = await Promise.all([
    hashPassword("a long password"),
    hashPassword("a long password"),
  ]);
  expect(first).toMatch(/^\$argon2id\$v=19\$m=47104,t=1,p=1\$/);
  expect(first).not.toBe(second);
});

test("the password matches, another does not", async () => {
  const hash = await hashPassword("a long password");
  expect(await passwordMatches("a long password", hash)).toBe(true);
  expect(await passwordMatches("a long passwore", hash)).toBe(false);
});

test("two normalization forms of one text are the same password", async () => {
  const hash = await hashPassword("Zoe\u0308 Zoe\u0308 Zoe\u0308");
  expect(await passwordMatches("Zo\u00eb Zo\u00eb Zo\u00eb", hash)).toBe(true);
});

test("without a hash the password does not match, after the same work", async () => {
  // Checks the work done instead of time, which varies on a busy machine.
  const answer = passwordMatches("wrong", null);
  expect(turns.latchkeyHashing?.running).toBe(1);
  expect(await answer).toBe(false);
});

test("at most two are hashed at a time, and each gets its turn", async () => {
  const hashes = Array.from({ length: 8 }, () => hashPassword("a long password"));
  expect(turns.latchkeyHashing?.running).toBe(2);
  expect(turns.latchkeyHashing?.waiting).toHaveLength(6);
  await Promise.all(hashes);
  expect(turns.latchkeyHashing).toEqual({ running: 0, waiting: [], strangers: [] });
});

test("strangers wait for everybody else, and a limited number of them may wait", async () => {
  const done: string[] = [];
  const check = (who: string, isStranger: boolean) =>
    passwordMatches("wrong", null, isStranger).then(() => done.push(who));
  const strangers = Array.from({ length: 102 }, () => check("stranger", true));
  await expect(check("too late", true)).rejects.toThrow(TooManyWaiting);
  const known = check("known", false);
  await known;
  // Only strangers already under way finished first, and some that ran during the check itself.
  expect(done.filter((who) => who === "stranger").length).toBeLessThan(50);
  await Promise.all(strangers);
  await check("later", true);
}, 60_000);

test("an unreadable hash frees its turn", async () => {
  await expect(passwordMatches("a", "no hash")).rejects.toThrow();
  await expect(passwordMatches("a", "no hash")).rejects.toThrow();
  await expect(passwordMatches("a", "no hash")).rejects.toThrow();
  expect(await passwordMatches("a", null)).toBe(false);
});
