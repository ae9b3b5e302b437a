import { randomUUID } from "node:crypto";
import { beforeEach, expect, test } from "vitest";
import { happen as happenIn, tellAll } from "@/e2e/support/data/tell";
import { createTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization } from "@/e2e/support/data/test-organization";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import type { AuditAction } from "@/lib/core/audit-actions";
import { database, inTransaction } from "@/lib/db/client";
import type { OrganizationId } from "@/lib/services/access/context";
import type { AuditDetails } from "@/lib/services/audit/record-audit-entry";
import { recordInEach } from "@/lib/services/audit/record-audit-entry";
import { readLog } from "@/lib/services/log-readers/log-reader";
import { noticeReader } from "./notice-reader";

provideTestDatabase();
const { signal } = new AbortController();
let organization: TestOrganization;
beforeEach(async () => {
  organization = await createTestOrganization();
});

const readAll = () => tellAll();
const origin = (at: Date) => ({ at, address: "203.0.113.9", userAgent: "Firefox", requestId: null });
const happen = (action: AuditAction, details: AuditDetails, names: readonly string[]) => {
  const keys = names.map((name) => ({ id: randomUUID().replaceAll("-", "").slice(0, 16), name }));
  return happenIn(organization.id, action, details, keys);
};

const notices = () =>
  database().notice.findMany({
    where: { organizationId: organization.id },
    orderBy: { position: "asc" },
    include: { items: { orderBy: { position: "asc" } } },
  });

test("[L17] entries that happen together make one notice, with each once and in order", async () => {
  await happen("key.revoked", { reason: "leaked", urls: ["https://example.com/a"] }, ["a", "b"]);
  await happen("key.revoked", { reason: "person" }, ["own doing"]);
  await happen("key.revoked", { reason: "resource_deleted" }, ["c"]);
  await readAll();
  await happen("key.revoked", { reason: "leaked", urls: [] }, ["d"]);
  await readAll();
  const [first, second] = await notices();
  expect([first?.kind, first?.total, first?.items.map(({ name }) => name)]).toEqual([
    "key_revoked",
    1,
    ["c"],
  ]);
  expect([second?.kind, second?.total, second?.items.map(({ name }) => name)]).toEqual([
    ...["key_leaked", 3, ["a", "b", "d"]],
  ]);
  expect(second?.position).toBe(second?.items[2]?.position);
  expect(second?.items[0]?.details).toEqual({ urls: ["https://example.com/a"] });
});

test("[L17] 2,000 keys that expire on one day make one notice, even if two nodes read at once", async () => {
  const endsAt = "2026-12-14T10:00:00.000Z";
  const names = Array.from({ length: 2000 }, (_, index) => `Key ${index}`);
  await happen("key.expiring", { endsAt, setBy: "key", daysBefore: 14 }, names);
  await Promise.all([readAll(), readAll()]);
  await readAll();
  const all = await notices();
  expect(all.map(({ kind, total }) => [kind, total])).toEqual([["key_expiring", 2000]]);
  expect(all[0]?.items.map(({ name }) => name)).toEqual(names);
});

test("[L17] a sign-in from a new browser makes one notice for the person, in however many organizations", async () => {
  const other = await createTestOrganization();
  const userId = organization.userIds.ADMIN;
  const data = { organizationId: other.id, userId, accessLevel: "MEMBER" } as const;
  await database().member.create({ data });
  const at = new Date();
  const both = [organization.id, other.id].sort() as OrganizationId[];
  const target = { type: "member", id: userId, name: "Ana" } as const;
  const signedIn = (newBrowser: boolean, when: Date) =>
    inTransaction((transaction) =>
      recordInEach(
        transaction,
        both,
        { actor: { kind: "user", userId, name: "Ana" }, origin: origin(when) },
        [{ action: "member.signed_in", target, details: newBrowser ? { newBrowser } : {} }],
      ),
    );
  await signedIn(true, at);
  await signedIn(false, new Date(at.getTime() + 1));
  await Promise.all([readAll(), readAll()]);
  await readAll();
  const own = await database().notice.findMany({ where: { userId }, include: { items: true } });
  expect(own).toMatchObject([
    { kind: "new_browser", total: 1, organizationId: null, items: [{ name: "Ana" }] },
  ]);
  expect(own[0]?.items[0]?.details).toEqual({ address: "203.0.113.9", userAgent: "Firefox" });
  expect(await notices()).toEqual([]);
});

test("[L17] an interrupted read leaves nothing behind, and is repeated", async () => {
  await happen("key.revoked", { reason: "leaked", urls: [] }, ["a"]);
  const cut = { ...noticeReader, take: cutOff };
  expect(await readLog(cut, new Date(), signal)).toBe(false);
  expect(await notices()).toEqual([]);
  await readAll();
  expect((await notices()).map(({ total }) => total)).toEqual([1]);
});

const cutOff: typeof noticeReader.take = async (...given) => {
  await noticeReader.take(...given);
  throw new Error("killed between the notices and the cursor");
};

test("[L17] for people who are added later, earlier entries count as read", async () => {
  await createTestKey(organization);
  await happen("key.revoked", { reason: "leaked", urls: [] }, ["a"]);
  await readAll();
  const reader = await database().noticeReader.findUnique({ where: { userId: organization.userIds.OWNER } });
  const [first] = await notices();
  expect(Number(reader?.readThrough)).toBeLessThan(Number(first?.position));
  expect(await database().noticeReader.count({ where: { userId: organization.userIds.MEMBER } })).toBe(0);
});
