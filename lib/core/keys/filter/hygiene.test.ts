import { expect, test } from "vitest";
import type { HygieneFacts } from "./hygiene";
import { keyFindings } from "./hygiene";

const now = new Date("2026-06-01T12:00:00Z");
const days = (count: number, ms = 0) => new Date(now.getTime() + count * 86_400_000 + ms);
const ordinary: HygieneFacts = {
  createdAt: days(-100),
  expiresAt: days(100),
  lastUsedAt: days(-1),
  pausedAt: null,
  revokedAt: null,
  deletedAt: null,
  maximumLifetimeDays: null,
  overPrivileged: false,
};

test.each<[string, Partial<HygieneFacts>, string[]]>([
  ["an ordinary key", {}, []],
  ["exactly 7 days old, never used", { createdAt: days(-7), lastUsedAt: null }, []],
  ["older than 7 days, never used", { createdAt: days(-7, -1), lastUsedAt: null }, ["never-used"]],
  ["used exactly 90 days ago", { lastUsedAt: days(-90) }, []],
  ["used longer ago", { lastUsedAt: days(-90, -1) }, ["idle"]],
  ["without an end", { expiresAt: null }, ["never-expires"]],
  ["ended by the policy alone", { expiresAt: null, maximumLifetimeDays: 365 }, []],
  ["ends in exactly 14 days", { expiresAt: days(14) }, []],
  ["ends earlier", { expiresAt: days(14, -1) }, ["expiring-soon"]],
  ["the policy ends it soon", { maximumLifetimeDays: 110 }, ["expiring-soon"]],
  ["marked as over-privileged", { overPrivileged: true }, ["over-privileged"]],
  ["paused", { pausedAt: days(-1), expiresAt: null }, ["never-expires"]],
  ["revoked", { revokedAt: days(-1), expiresAt: null, lastUsedAt: null, overPrivileged: true }, []],
  ["expired", { expiresAt: now, lastUsedAt: null }, []],
  ["deleted", { deletedAt: now, expiresAt: null }, []],
])("[L9] the findings of a key: %s", (_, facts, found) => {
  expect(keyFindings({ ...ordinary, ...facts }, now)).toEqual(found);
});
