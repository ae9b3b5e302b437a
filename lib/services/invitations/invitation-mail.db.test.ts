import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization, value } from "@/e2e/support/data/test-organization";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import type { MailServer } from "@/e2e/support/processes/mail-server";
import { mailThrough, startMailServer } from "@/e2e/support/processes/mail-server";
import { database } from "@/lib/db/client";
import { env } from "@/lib/env";
import { removeMember } from "@/lib/services/members/remove-member";
import { inviteMember } from "./invite-member";
import { readInvitation } from "./read-invitation";

let organization: TestOrganization;
const servers: MailServer[] = [];
provideTestDatabase();
beforeEach(async () => {
  organization = await createTestOrganization("Mailing & Co");
});
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
  mailThrough(undefined);
});

async function mailServer(...options: Parameters<typeof startMailServer>): Promise<MailServer> {
  const server = await startMailServer(...options);
  servers.push(server);
  mailThrough(server.url);
  return server;
}

const input = () => ({ email: `mailed-${randomUUID()}@example.com`, accessLevel: "MEMBER" as const });
const now = () => new Date();
const openInvitations = () =>
  database().invitation.count({ where: { organizationId: organization.id, revokedAt: null } });

/** The token of a mailed link. */
const mailed = (body = "") => /\/invite\/([\w-]{43})/.exec(body)?.[1] ?? "";

test("[L12] the link is only mailed, and works: the inviter cannot read it", async () => {
  const server = await mailServer();
  const owner = await organization.as("OWNER");
  const { email, token: shown, mail } = value(await inviteMember(owner, input()));
  expect([mail, shown]).toEqual(["sent", null]);
  const token = mailed(server.received[0]?.body);
  expect(server.received.map(({ to }) => to)).toEqual([[email]]);
  const body = server.received[0]?.body ?? "";
  expect(body).toContain(`${env().appUrl}/invite/${token}`);
  expect(body).toContain("OWNER of Mailing & Co");
  expect(body).toContain("OWNER of Mailing &amp; Co");
  expect(await readInvitation(token, now())).toMatchObject({ email });
});

test("[L12] neither a person who may not invite nor a refused invitation sends a mail", async () => {
  const server = await mailServer();
  const { email: taken } = (await organization.as("ADMIN")).actor;
  expect(await inviteMember(await organization.as("MEMBER"), input())).toMatchObject({ code: "forbidden" });
  const owner = await organization.as("OWNER");
  expect(await inviteMember(owner, { ...input(), email: taken })).toMatchObject({ code: "conflict" });
  expect(server.received).toEqual([]);
});

test("[L12] without a mail server the invitation is made, and says that nothing was sent", async () => {
  const made = value(await inviteMember(await organization.as("OWNER"), input()));
  expect(made.mail).toBe("off");
  expect(await readInvitation(made.token ?? "", now())).not.toBeNull();
});

test("[L12] a refused recipient or a lost server does not lose an invitation", async () => {
  const owner = await organization.as("OWNER");
  await mailServer({ onRcptTo: (_address, _session, done) => done(new Error("No such person")) });
  const refused = value(await inviteMember(owner, input()));
  const gone = await startMailServer();
  await gone.close();
  mailThrough(gone.url);
  const unsent = value(await inviteMember(owner, input()));
  for (const { mail, token } of [refused, unsent]) {
    // If the mail server fails, the link is not shown to anybody else.
    expect([mail, token]).toEqual(["failed", null]);
  }
  expect(await openInvitations()).toBe(2);
});

test("[L12] while the mail server is silent the invitation is committed, and nobody waits for a lock or a connection", async () => {
  const silent: (() => void)[] = [];
  const server = await mailServer({ onRcptTo: (_address, _session, done) => void silent.push(done) });
  const admin = await organization.as("ADMIN");
  const owner = await organization.as("OWNER");
  let answered = 0;
  const waiting = Array.from({ length: 3 }, async () => {
    const made = value(await inviteMember(admin, input()));
    answered++;
    return made;
  });
  await expect.poll(() => silent.length).toBe(3);
  expect(await openInvitations()).toBe(3);
  // A change that locks the inviter's membership succeeds: nothing holds the lock.
  value(await removeMember(owner, { userId: admin.actor.userId, transfers: [] }));
  expect(answered, "the mail server is still silent").toBe(0);

  for (const answer of silent) answer();
  const made = await Promise.all(waiting);
  expect(made.map(({ mail }) => mail)).toEqual(["sent", "sent", "sent"]);
  // And the inviter's removal in the meantime has ended the invitation.
  const tokens = server.received.map(({ body }) => mailed(body));
  expect(new Set(tokens).size).toBe(3);
  for (const token of tokens) expect(await readInvitation(token, now())).toBeNull();
});
