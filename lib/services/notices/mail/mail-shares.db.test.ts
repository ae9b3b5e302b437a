import { afterEach, beforeEach, expect, test } from "vitest";
import { happen, tellAll } from "@/e2e/support/data/tell";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization } from "@/e2e/support/data/test-organization";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import type { MailServer } from "@/e2e/support/processes/mail-server";
import { mailThrough, startMailServer } from "@/e2e/support/processes/mail-server";
import { database } from "@/lib/db/client";
import { noticeShare } from "@/lib/services/mail/mail-share";
import type { Throttle } from "@/lib/services/throttle/throttle";
import { throttleKey } from "@/lib/services/throttle/throttle";
import { tellOfNewPassword } from "@/lib/services/users/password/set-password";
import { mailNotices } from "./mail-notices";

let server: MailServer;
let organization: TestOrganization;
provideTestDatabase();
beforeEach(async () => {
  await database().throttle.deleteMany();
  await database().noticeMail.deleteMany();
  server = await startMailServer();
  mailThrough(server.url);
  organization = await createTestOrganization();
});
afterEach(async () => {
  mailThrough(undefined);
  await server.close();
});

const start = new Date("2026-11-30T00:00:10Z");
const later = (minutes: number) => new Date(start.getTime() + minutes * 60_000);

async function useUp(throttle: Throttle | null, subject: string): Promise<void> {
  if (throttle === null) throw new Error("There is no such limit");
  const data = { count: throttle.attempts, windowStartedAt: start };
  await database().throttle.create({ data: { key: throttleKey(throttle, subject), ...data } });
}
async function leak(organizationId: string, name: string, at: Date): Promise<void> {
  const details = { reason: "leaked", urls: [] };
  await happen(organizationId, "key.revoked", details, [{ id: "0123456789abcdEF", name }], { at });
  await tellAll(at);
}
async function mailAll(now: Date): Promise<void> {
  while (await mailNotices(now));
}
async function mailsTo(userId: string) {
  const { email } = await database().user.findUniqueOrThrow({ where: { id: userId } });
  return server.received.filter(({ to }) => to.includes(email));
}

test("[L17] an organization that used up its mails waits, but another one's warning does not", async () => {
  const flooded = await createTestOrganization("Flooded");
  const userId = organization.userIds.OWNER;
  const data = { organizationId: flooded.id, userId, accessLevel: "OWNER" } as const;
  await database().member.create({ data });
  await useUp(noticeShare.organization, flooded.id);
  await leak(flooded.id, "Of the flooded", start);
  await mailAll(later(1));
  expect(server.received).toEqual([]);
  await leak(organization.id, "Of the other", later(2));
  await mailAll(later(17));
  const mails = await mailsTo(userId);
  expect(mails.length).toBe(1);
  for (const name of ["Of the flooded", "Of the other"]) expect(mails[0]?.body).toContain(name);
  expect(await mailsTo(flooded.userIds.OWNER)).toEqual([]);
  await mailAll(later(90));
  expect((await mailsTo(flooded.userIds.OWNER)).length).toBe(1);
  expect((await mailsTo(userId)).length).toBe(1);
});

test("[L17] each mail counts against the organization that it is about", async () => {
  await leak(organization.id, "Counted", start);
  await mailAll(later(1));
  const limit = noticeShare.organization;
  if (limit === null) throw new Error("There is no such limit");
  const where = { key: throttleKey(limit, organization.id) };
  expect((await database().throttle.findUnique({ where }))?.count).toBe(1);
});

test("notices cannot use up the mails reserved for passwords", async () => {
  await useUp(noticeShare.installation, "all");
  await leak(organization.id, "Waits", start);
  await mailAll(later(1));
  expect(server.received).toEqual([]);
  await tellOfNewPassword("ana@example.com", later(1));
  expect(server.received.map(({ to }) => to)).toEqual([["ana@example.com"]]);
});
