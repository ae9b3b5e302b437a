import { generateKeyPairSync } from "node:crypto";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Github } from "@/e2e/support/processes/github";
import { startGithub } from "@/e2e/support/processes/github";
import { log } from "@/lib/log";
import { GithubKeys } from "./github-keys";

let github: Github;
beforeEach(async () => {
  vi.spyOn(log(), "warn").mockImplementation(() => undefined);
  github = await startGithub();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await github.close();
});

const minute = 60_000;
const idNow = () => github.sign("")["Github-Public-Key-Identifier"] ?? "";

test("[L6] the keys are fetched once an hour, however many callers there are", async () => {
  const keys = new GithubKeys(github.keysUrl);
  const found = await Promise.all(Array.from({ length: 20 }, () => keys.find(idNow(), 0)));
  expect(found.every((key) => key !== null && key !== "unavailable")).toBe(true);
  await keys.find(idNow(), 59 * minute);
  expect(github.asked()).toBe(1);
  await keys.find(idNow(), 60 * minute);
  expect(github.asked()).toBe(2);
});

test("[L6] a newly added key is found, and made-up identifiers do not cause a loop of fetches", async () => {
  const keys = new GithubKeys(github.keysUrl);
  const before = idNow();
  await keys.find(before, 0);
  for (let at = 0; at < 5 * minute; at += 1_000) expect(await keys.find(`made-up-${at}`, at)).toBeNull();
  expect(github.asked()).toBe(1);
  github.rotate();
  expect(await keys.find(idNow(), 5 * minute)).not.toBeNull();
  expect(await keys.find(before, 5 * minute)).not.toBeNull();
  expect(github.asked()).toBe(2);
});

test("[L6] without an answer the copy is used for a day, and without a copy no key is judged", async () => {
  const without = new GithubKeys(github.keysUrl);
  const keys = new GithubKeys(github.keysUrl);
  const id = idNow();
  await keys.find(id, 0);
  github.answer(500, "");
  expect(await keys.find(id, 23 * 60 * minute)).not.toBe("unavailable");
  expect(await keys.find(id, 24 * 60 * minute)).toBe("unavailable");
  const before = github.asked();
  expect(await without.find(id, 0)).toBe("unavailable");
  expect(await without.find(id, minute - 1)).toBe("unavailable");
  expect(github.asked()).toBe(before + 1);
  await without.find(id, minute);
  expect(github.asked()).toBe(before + 2);
});

const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 }).publicKey;
const otherCurve = generateKeyPairSync("ec", { namedCurve: "secp384r1" }).publicKey;
const pem = (key: typeof rsa) => String(key.export({ type: "spki", format: "pem" }));

test.each([
  ["no JSON", "<html>"],
  ["another document", JSON.stringify({ keys: [] })],
  ["no key", JSON.stringify({ public_keys: [] })],
  ["no PEM", JSON.stringify({ public_keys: [{ key_identifier: "a", key: "no key" }] })],
  ["a key of RSA", JSON.stringify({ public_keys: [{ key_identifier: "a", key: pem(rsa) }] })],
  [
    "a key of another curve",
    JSON.stringify({ public_keys: [{ key_identifier: "a", key: pem(otherCurve) }] }),
  ],
  ["too much", JSON.stringify({ public_keys: [], filler: "x".repeat(70_000) })],
])("[L6] %s is not a valid answer", async (_what, body) => {
  github.answer(200, body);
  expect(await new GithubKeys(github.keysUrl).find("a", 0)).toBe("unavailable");
});

test("[L6] redirects are not followed, and a silent server is not waited for", async () => {
  const elsewhere = await startGithub();
  const id = elsewhere.sign("")["Github-Public-Key-Identifier"] ?? "";
  github.answer(302, "", { Location: elsewhere.keysUrl });
  expect(await new GithubKeys(github.keysUrl).find(id, 0)).toBe("unavailable");
  await elsewhere.close();
  await github.close();
  expect(await new GithubKeys(github.keysUrl).find("a", 0)).toBe("unavailable");
});
