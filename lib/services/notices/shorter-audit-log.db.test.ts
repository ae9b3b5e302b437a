import { beforeEach, expect, test } from "vitest";
import { agedChain } from "@/e2e/support/data/aged-chain";
import { tellAll } from "@/e2e/support/data/tell";
import { createTestOrganization, type TestOrganization, value } from "@/e2e/support/data/test-organization";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import { mailThrough, startMailServer } from "@/e2e/support/processes/mail-server";
import { noticeKinds } from "@/lib/core/notices/notice-kinds";
import { database } from "@/lib/db/client";
import type { OrganizationId } from "@/lib/services/access/context";
import { changeAuditRetention } from "@/lib/services/audit/retention/change-audit-retention";
import { readPendingCut } from "@/lib/services/audit/retention/read-pending-cut";
import { listNotices } from "./list-notices";
import { mailNotices } from "./mail/mail-notices";

provideTestDatabase();
let organization: TestOrganization;
const now = new Date();
const day = 24 * 3_600_000;
const later = (days: number) => new Date(now.getTime() + days * day);

beforeEach(async () => {
  organization = await createTestOrganization("Kept");
});

const owner = (at = now) => organization.as("OWNER", at);
const kindsFor = async (level: "OWNER" | "ADMIN") => {
  const listed = value(await listNotices((await organization.as(level)).actor, null));
  return listed.notices.map(({ kind }) => kind);
};
const pendingAt = async (at: Date) => value(await readPendingCut(await owner(at)));

test("[L7] [L17] owners are told when the audit log is kept for a shorter time, also who did it, whatever they chose", async () => {
  const server = await startMailServer();
  mailThrough(server.url);
  const userId = organization.userIds.OWNER;
  await database().noticeReader.create({ data: { userId, readThrough: 0n, unmailed: [...noticeKinds] } });
  value(await changeAuditRetention(await owner(), { days: 90, seen: null }));
  value(await changeAuditRetention(await owner(), { days: 400, seen: 90 }));
  value(await changeAuditRetention(await owner(), { days: null, seen: 400 }));
  await tellAll();
  expect(await kindsFor("OWNER")).toEqual(["audit_kept_shorter"]);
  expect(await kindsFor("ADMIN")).toEqual([]);
  while (await mailNotices(later(1)));
  const mails = server.received.filter(({ to }) => to.some((address) => address.startsWith("owner-")));
  await server.close();
  mailThrough(undefined);
  expect(mails.map(({ head }) => head)).toEqual([
    expect.arrayContaining(["Subject: The audit log will be kept for 90 days only"]),
  ]);
  expect(mails[0]?.body).toContain("It was kept forever.");
  expect(mails[0]?.body).toContain(`/${organization.slug}/settings/general`);
});

test("[L7] until a shorter time takes effect, the settings say which entries it will remove and when", async () => {
  const { chain } = agedChain(organization.id as OrganizationId, now);
  await chain(200, 100, 80, 1);
  // What the chain's first entry set is in effect.
  expect(await pendingAt(now)).toBeNull();
  value(await changeAuditRetention(await owner(), { days: 400, seen: null }));
  expect(await pendingAt(now)).toMatchObject({ entries: 0, isMore: false });
  value(await changeAuditRetention(await owner(), { days: 86, seen: 400 }));
  // In a week the entry of 80 days ago is 87 days old.
  expect(await pendingAt(later(1))).toEqual({
    ...{ from: later(7), keptSince: later(7 - 86), entries: 3, isMore: false },
  });
  expect(await pendingAt(later(7))).toBeNull();
  // Longer than the one before it, but not than what is in effect.
  value(await changeAuditRetention(await owner(), { days: 120, seen: 86 }));
  expect(await pendingAt(now)).toMatchObject({ from: later(7), keptSince: later(7 - 120), entries: 1 });
  value(await changeAuditRetention(await owner(), { days: null, seen: 120 }));
  expect(await pendingAt(now)).toBeNull();
});
