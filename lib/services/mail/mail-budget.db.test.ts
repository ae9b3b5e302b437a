import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import type { MailServer } from "@/e2e/support/processes/mail-server";
import { mailThrough, startMailServer } from "@/e2e/support/processes/mail-server";
import { database } from "@/lib/db/client";
import { mailRefused, reserveMail, sendWithinBudget } from "./mail-budget";
import { invitationShare, noticeShare, resetShare } from "./mail-share";

let server: MailServer;
provideTestDatabase();
beforeEach(async () => {
  await database().throttle.deleteMany();
  server = await startMailServer();
  mailThrough(server.url);
});
afterEach(async () => {
  mailThrough(undefined);
  await server.close();
});

const at = new Date("2026-01-01T12:00:00Z");
const recipient = () => `${randomUUID()}@example.com`;
const parties = (over: object = {}) => ({
  recipient: recipient(),
  senderId: randomUUID(),
  organizationId: randomUUID(),
  ...over,
});

/** How many of `count` simultaneous mails are allowed. */
async function roomFor(share: typeof invitationShare, count: number, over: object, when = at) {
  const answers = await Promise.all(
    Array.from({ length: count }, () => reserveMail(share, parties(over), when)),
  );
  return answers.filter((answer) => "place" in answer).length;
}

test.each([
  ["one sender, in however many organizations", 100, { senderId: randomUUID() }],
  ["one organization, by however many people", 200, { organizationId: randomUUID() }],
  ["one address, whoever writes to it", 5, { recipient: recipient() }],
])("invitations have a limit for %s", async (_of, bound, over) => {
  expect(await roomFor(invitationShare, bound + 20, over)).toBe(bound);
  expect(await roomFor(invitationShare, 3, {})).toBe(3);
  const hourOn = new Date(at.getTime() + 60 * 60 * 1000);
  expect(await roomFor(invitationShare, 3, over, hourOn)).toBe(3);
});

test("an installation that has sent all its invitations still sends resets and warnings", async () => {
  expect(await roomFor(invitationShare, 2, {})).toBe(2);
  const key = { startsWith: invitationShare.installation.name };
  await database().throttle.updateMany({ where: { key }, data: { count: 995 } });
  expect(await roomFor(invitationShare, 10, {})).toBe(5);
  for (const share of [resetShare, noticeShare]) expect(await roomFor(share, 3, {})).toBe(3);
});

test("a mail refused by one limit does not count against the others, nor does a released one", async () => {
  const { senderId, organizationId } = parties();
  const full = recipient();
  await roomFor(invitationShare, 10, { recipient: full });
  expect(await roomFor(invitationShare, 50, { recipient: full, senderId, organizationId })).toBe(0);
  for (let time = 0; time < 50; time++) {
    const reserved = await reserveMail(invitationShare, parties({ senderId, organizationId }), at);
    if ("place" in reserved) await reserved.place.release();
  }
  expect(await roomFor(invitationShare, 110, { senderId, organizationId })).toBe(100);
});

test("a warning beyond its share is dropped and blocks nothing", async () => {
  const mail = { to: recipient(), subject: "s", text: "t", html: "h" };
  for (let time = 0; time < 32; time++) await sendWithinBudget(noticeShare, mail, null, at);
  expect(server.received).toHaveLength(30);
});

test("without a mail server nothing is counted", async () => {
  mailThrough(undefined);
  expect(await roomFor(invitationShare, 10, { recipient: recipient() })).toBe(10);
  expect(await database().throttle.count()).toBe(0);
});

test("a refusal says when to try again", () => {
  const refused = mailRefused(new Date(at.getTime() + 90_500), at);
  expect(refused).toMatchObject({ code: "rate_limited", retryAfterSeconds: 91 });
  expect(refused.detail).toContain("Try again in 2 minutes.");
});
