import { expect, test } from "vitest";
import { pinnedText } from "./pinned-text";

const at = new Date("2026-12-01T00:00:00Z");
/** Removes the characters that isolate names. */
const plain = (text: string) => text.replace(/[\u2068\u2069]/g, "");

test.each([
  ["key.paused", "Zapier order sync", 0, "Ben paused Zapier order sync"],
  ["key.revoked", "Load tests", 49, "Ben revoked Load tests and 49 more"],
  ["organization.updated", "Acme", 1, "Ben changed the settings"],
  ["key.grace_ended", "x".repeat(200), 0, `Ben ended the grace of ${"x".repeat(23)}…`],
] as const)("%s of %s", (action, targetName, more, text) => {
  expect(plain(pinnedText({ at, actorName: "Ben", action, targetName, more }))).toBe(text);
});
