import { afterEach, beforeEach, expect, test } from "vitest";
import { happen, tellAll } from "@/e2e/support/data/tell";
import { createTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization, setTestLevel } from "@/e2e/support/data/test-organization";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import type { MailServer } from "@/e2e/support/processes/mail-server";
import { mailThrough, startMailServer } from "@/e2e/support/processes/mail-server";
import type { AccessLevel } from "@/lib/core/access/access-level";
import { database } from "@/lib/db/client";
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

const minuteMs = 60_000;
const start = new Date("2026-11-30T00:00:10Z");
const later = (minutes: number) => new Date(start.getTime() + minutes * minuteMs);
const day = 24 * 60;
const leaked = { reason: "leaked", urls: ["https://example.com/found"] };
const ending = { endsAt: "2026-12-14T10:00:00.000Z", setBy: "key", daysBefore: 14 };

async function mailAll(now: Date): Promise<void> {
  while (await mailNotices(now));
}
const addressOf = async (level: AccessLevel) =>
  (await database().user.findUniqueOrThrow({ where: { id: organization.userIds[level] } })).email;
const mailsTo = async (level: AccessLevel) => {
  const address = await addressOf(level);
  return server.received.filter(({ to }) => to.includes(address));
};
const keyOf = async (creator: AccessLevel, name: string) => {
  const { id } = await createTestKey(organization, { creator, name, accessLevel: "MEMBER" });
  return { id, name };
};

/** Copies of a key's row with new ids. */
async function manyKeys(count: number): Promise<{ id: string; name: string }[]> {
  const { id } = await keyOf("OWNER", "Many");
  await database().$executeRaw`
    INSERT INTO api_keys SELECT copy.* FROM generate_series(1, ${count - 1}::int) n, api_keys k,
      jsonb_populate_record(k, jsonb_build_object('id', substr(md5(k.id || n::text), 1, 16))) copy WHERE k.id = ${id}`;
  return database().apiKey.findMany({
    where: { organizationId: organization.id, name: "Many" },
    select: { id: true, name: true },
  });
}

test("[L17] 2,000 keys that expire on one day make one mail per person, an hour later", async () => {
  await happen(organization.id, "key.expiring", ending, await manyKeys(2000), { at: start });
  await tellAll(start);
  await mailAll(later(59));
  expect(server.received).toEqual([]);
  await Promise.all([mailAll(later(60)), mailAll(later(60))]);
  await mailAll(later(120));
  expect(server.received).toHaveLength(1);
  const [mail] = await mailsTo("OWNER");
  expect(mail?.head).toContain("Subject: 2,000 keys expire on 14 December 2026");
  expect(mail?.raw).toMatch(/multipart\/alternative/);
  expect(mail?.body).toContain(`/${organization.slug}/settings/api-keys?status=all&expires=2026-12-14\r\n`);
  expect(mail?.body).toContain("/account/notices/mail");
  expect(mail?.body.length).toBeLessThan(20_000);
});

test("[L17] a flood of leaks makes one mail at once, and one more with what followed", async () => {
  const keys = await manyKeys(2000);
  for (let each = 0; each < 20; each++) {
    await happen(organization.id, "key.revoked", leaked, keys.slice(each * 100, (each + 1) * 100), {
      at: start,
    });
    await tellAll(later(each / 60));
  }
  await mailAll(later(1));
  expect((await mailsTo("OWNER")).length).toBe(1);
  for (let each = 1; each < 14; each++) {
    await happen(organization.id, "key.revoked", leaked, [await keyOf("OWNER", `Later ${each}`)], {
      at: start,
    });
    await tellAll(later(1 + each));
    await mailAll(later(1.5 + each));
  }
  expect((await mailsTo("OWNER")).length).toBe(1);
  await mailAll(later(17));
  const [first, second, ...others] = await mailsTo("OWNER");
  expect(others).toEqual([]);
  expect(first?.head.join("\n")).toContain("2,000 keys were found in public and revoked");
  expect(second?.head.join("\n")).toContain("13 keys were found in public and revoked");
});

test("[L17] a mail server that is down for a day loses nothing and sends nothing twice", async () => {
  await server.close();
  await happen(organization.id, "key.revoked", leaked, [await keyOf("MEMBER", "First")], { at: start });
  await tellAll(start);
  for (let minutes = 1; minutes < day; minutes += 30) await mailAll(later(minutes));
  await happen(organization.id, "key.revoked", leaked, [await keyOf("MEMBER", "Second")], { at: start });
  await tellAll(later(day));
  server = await startMailServer();
  mailThrough(server.url);
  await mailAll(later(day + 6 * 60));
  await mailAll(later(3 * day));
  for (const level of ["OWNER", "MEMBER"] as const) {
    const mails = await mailsTo(level);
    expect(mails.length).toBe(1);
    for (const name of ["First", "Second"]) expect(mails[0]?.body).toContain(name);
  }
});

test("[L17] a node that dies while it sends leaves the mail to another one", async () => {
  await happen(organization.id, "key.revoked", leaked, [await keyOf("OWNER", "Claimed")], { at: start });
  await tellAll(start);
  await database()
    .$executeRaw`UPDATE notice_mails SET claimed_until = clock_timestamp() + interval '1 hour', through = newest`;
  await mailAll(later(10));
  expect(server.received).toEqual([]);
  await database()
    .$executeRaw`UPDATE notice_mails SET claimed_until = clock_timestamp() - interval '1 second'`;
  await mailAll(later(10));
  await mailAll(later(20));
  expect((await mailsTo("OWNER")).length).toBe(1);
});

test("[L17] a person removed or demoted before the mail is sent does not get it", async () => {
  const elsewhere = await createTestOrganization("Elsewhere");
  await setTestLevel(organization, organization.userIds.ADMIN, "OWNER");
  const keys = [await keyOf("OWNER", "Of the owner"), await keyOf("ADMIN", "Of the demoted")];
  await happen(organization.id, "key.revoked", leaked, keys, { at: start });
  await happen(elsewhere.id, "key.revoked", leaked, [{ id: "0123456789abcdEF", name: "Of others" }], {
    at: start,
  });
  await tellAll(start);
  await setTestLevel(organization, organization.userIds.ADMIN, "MEMBER");
  await mailAll(later(1));
  const [demoted, ...more] = await mailsTo("ADMIN");
  expect(more).toEqual([]);
  expect(demoted?.body).toContain("Of the demoted");
  expect(demoted?.body).not.toMatch(/Of the owner|Of others/);
  expect(demoted?.body).not.toContain("/settings/");
  expect(await mailsTo("MEMBER")).toEqual([]);
  await setTestLevel(organization, organization.userIds.MEMBER, "OWNER");
  await happen(organization.id, "webhook.disabled", { failingSince: start.toISOString() }, [
    { id: organization.id, name: "https://hooks.example", type: "webhook" },
  ]);
  await tellAll(later(5));
  const where = { organizationId: organization.id, userId: organization.userIds.MEMBER };
  await database().member.deleteMany({ where });
  await mailAll(later(day));
  expect(await mailsTo("MEMBER")).toEqual([]);
  expect(await database().noticeMail.count({ where: { dueAt: { not: null } } })).toBe(0);
});

test("[L17] unwanted kinds are not mailed, nor are reminders of deleted keys", async () => {
  const userId = organization.userIds.OWNER;
  const [kept, gone] = [await keyOf("OWNER", "Still there"), await keyOf("OWNER", "Gone since")];
  await happen(organization.id, "key.expiring", ending, [kept, gone], { at: start });
  await happen(organization.id, "key.revoked", leaked, [kept], { at: start });
  await tellAll(start);
  await database().noticeReader.update({ where: { userId }, data: { unmailed: ["key_leaked"] } });
  const data = { revokedAt: new Date(), revocationReason: "person", liveCreatorId: null } as const;
  await database().apiKey.update({ where: { id: gone.id }, data });
  await mailAll(later(61));
  const mails = await mailsTo("OWNER");
  expect(mails.length).toBe(1);
  expect(mails[0]?.body).toContain("Still there");
  expect(mails[0]?.body).not.toMatch(/Gone since|found in public/);
});

test("[L17] without a mail server nothing is queued, so a later one starts with new notices", async () => {
  mailThrough(undefined);
  await happen(organization.id, "key.revoked", leaked, [await keyOf("OWNER", "Old")], { at: start });
  await tellAll(start);
  mailThrough(server.url);
  await mailAll(later(day));
  expect(server.received).toEqual([]);
  expect(await database().noticeMail.count()).toBe(0);
});
