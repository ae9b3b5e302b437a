import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization, value } from "@/e2e/support/data/test-organization";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import type { AccessLevel } from "@/lib/core/access/access-level";
import { database } from "@/lib/db/client";
import { acceptAsNewInput } from "@/lib/schemas/account";
import { inviteMemberInput } from "@/lib/schemas/member";
import type { MemberContext, UserActor } from "@/lib/services/access/context";
import { changeAccessLevel } from "@/lib/services/members/change-access-level";
import { removeMember } from "@/lib/services/members/remove-member";
import { signIn } from "@/lib/services/sessions/sign-in";
import { acceptInvitation, acceptInvitationAsNew } from "./accept-invitation";
import { inviteMember } from "./invite-member";
import { listInvitations } from "./list-invitations";
import { readInvitation } from "./read-invitation";
import { revokeInvitation } from "./revoke-invitation";

let organization: TestOrganization;
let owner: MemberContext;
let email: string;
provideTestDatabase();
beforeEach(async () => {
  organization = await createTestOrganization("Inviting");
  owner = await organization.as("OWNER");
  email = `new-${randomUUID()}@example.com`;
});

const password = "correct horse battery staple";
const originAt = (at: Date) => ({ at, address: "203.0.113.9", userAgent: "test", requestId: null });
const entries = () => database().auditEntry.count({ where: { organizationId: organization.id } });
const listed = async (by: MemberContext) => value(await listInvitations(by, { page: 1 })).rows;
const invitations = () => database().invitation.findMany({ where: { organizationId: organization.id } });
const members = () => database().member.count({ where: { organizationId: organization.id } });

async function invite(level: AccessLevel = "MEMBER", by = owner) {
  const made = value(await inviteMember(by, inviteMemberInput.parse({ email, accessLevel: level })));
  return { ...made, token: made.token ?? "" };
}

const asNew = (token: string, at = new Date()) =>
  acceptInvitationAsNew(acceptAsNewInput.parse({ token, name: "Nora New", password }), originAt(at));

/** A person with an account but in no organization of this test. */
async function account(address: string): Promise<UserActor> {
  const user = await database().user.create({
    data: { name: "Ada Account", email: address, passwordHash: "theirs" },
  });
  const { id: userId, name } = user;
  return { kind: "user", userId, name, email: address, sessionId: randomUUID(), authenticatedAt: new Date() };
}

describe("accepting", () => {
  test("[L12] as a new person: an account, a membership, a session, and a password that signs in", async () => {
    const { token } = await invite("ADMIN");
    expect(await readInvitation(token, new Date())).toMatchObject({
      hasAccount: false,
      accessLevel: "ADMIN",
    });
    const before = await entries();
    const { sessionId, organizationSlug } = value(await asNew(token));
    expect(organizationSlug).toBe(organization.slug);
    const user = await database().user.findUniqueOrThrow({
      where: { email },
      include: { members: true, sessions: true },
    });
    expect(user.members).toMatchObject([{ organizationId: organization.id, accessLevel: "ADMIN" }]);
    expect(user.sessions).toMatchObject([{ id: sessionId }]);
    expect(await signIn({ email, password }, originAt(new Date()))).toMatchObject({ ok: true });
    expect(await entries()).toBe(before + 3);
  });

  test("[L12] as a person with an account: only they can accept, and nobody sets their password", async () => {
    const actor = await account(email);
    const { token } = await invite();
    expect(await readInvitation(token, new Date())).toMatchObject({ hasAccount: true });
    expect(await asNew(token)).toMatchObject({ code: "conflict" });
    const other = await account(`other-${email}`);
    expect(await acceptInvitation(other, { token }, originAt(new Date()))).toMatchObject({
      code: "forbidden",
    });
    expect(await members()).toBe(3);
    value(await acceptInvitation(actor, { token }, originAt(new Date())));
    expect(await members()).toBe(4);
    const select = { passwordHash: true };
    expect(await database().user.findUniqueOrThrow({ where: { email }, select })).toEqual({
      passwordHash: "theirs",
    });
  });

  test("[L12] a wrong, a used, a revoked and an expired token get the same answer", async () => {
    const answers: { readonly ok: boolean }[] = [await asNew("wrong")];
    const used = await invite();
    value(await asNew(used.token));
    answers.push(await asNew(used.token));

    email = `second-${email}`;
    const revoked = await invite();
    const [{ id } = { id: "" }] = await listed(owner);
    value(await revokeInvitation(owner, { invitationId: id }));
    answers.push(await asNew(revoked.token));
    expect(await revokeInvitation(owner, { invitationId: id })).toMatchObject({ code: "not_found" });

    const expired = await invite();
    const end = expired.expiresAt;
    expect(await readInvitation(expired.token, new Date(end.getTime() - 1))).not.toBeNull();
    expect(await readInvitation(expired.token, end)).toBeNull();
    answers.push(await asNew(expired.token, end));
    const actor = await account(email);
    answers.push(await acceptInvitation(actor, { token: expired.token }, originAt(end)));
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(answers[0]).toMatchObject({ ok: false, code: "not_found" });
  });

  test("[L12] ten simultaneous acceptances create one member, new or not", async () => {
    const fresh = await invite();
    const tries = await Promise.all(Array.from({ length: 10 }, () => asNew(fresh.token)));
    expect(tries.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await members()).toBe(4);

    email = `account-${email}`;
    const actor = await account(email);
    const { token } = await invite();
    const again = await Promise.all(
      Array.from({ length: 10 }, () => acceptInvitation(actor, { token }, originAt(new Date()))),
    );
    expect(again.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await members()).toBe(5);
    expect(
      await database().auditEntry.count({
        where: { action: "member.joined", organizationId: organization.id },
      }),
    ).toBe(2);
  });

  test("[L5] [B1] a demoted or removed person leaves no link that they could no longer create", async () => {
    const { ADMIN: userId } = organization.userIds;
    const change = async (accessLevel: AccessLevel) =>
      value(await changeAccessLevel(owner, { userId, accessLevel, transfers: [] }));
    const isOpen = async (token: string) => (await readInvitation(token, new Date())) !== null;
    await change("OWNER");
    const second = await organization.as("ADMIN");
    const tokens = new Map<AccessLevel, string>();
    for (const level of ["OWNER", "ADMIN", "MEMBER"] as const) {
      email = `${level}-${randomUUID()}@example.com`.toLowerCase();
      tokens.set(level, (await invite(level, second)).token);
    }
    const open = async () => {
      const found: AccessLevel[] = [];
      for (const [level, token] of tokens) if (await isOpen(token)) found.push(level);
      return found;
    };
    expect(await open()).toEqual(["OWNER", "ADMIN", "MEMBER"]);
    await change("ADMIN");
    expect(await open()).toEqual(["MEMBER"]);
    await change("OWNER");
    expect(await open(), "what ended stays ended").toEqual(["MEMBER"]);
    await change("MEMBER");
    expect(await open()).toEqual([]);

    await change("OWNER");
    const { token } = await invite("OWNER", second);
    value(await removeMember(owner, { userId, transfers: [] }));
    expect(await asNew(token)).toMatchObject({ code: "not_found" });
  });

  test("[B1] an invitation works while its author could still make it, however their level was lowered", async () => {
    const actor = await account(email);
    const { token } = await invite("ADMIN");
    const accept = () => acceptInvitation(actor, { token }, originAt(new Date()));
    const { userId } = owner.actor;
    const member = { organizationId_userId: { organizationId: organization.id, userId } };
    // Not with the verb, which would end the invitation.
    await database().member.update({ where: member, data: { accessLevel: "ADMIN" } });
    expect(await readInvitation(token, new Date())).toBeNull();
    expect(await accept()).toMatchObject({ code: "not_found" });
    expect(await asNew(token)).toMatchObject({ code: "not_found" });
    expect(await members()).toBe(3);
    await database().member.update({ where: member, data: { accessLevel: "OWNER" } });
    value(await accept());
  });

  test("[B1] of a simultaneous acceptance and demotion of the inviter, nobody joins after the demotion", async () => {
    const { ADMIN: userId } = organization.userIds;
    const change = (accessLevel: AccessLevel) =>
      changeAccessLevel(owner, { userId, accessLevel, transfers: [] });
    const action = { in: ["member.joined", "member.level_changed"] };
    for (let round = 0; round < 12; round++) {
      value(await change("OWNER"));
      email = `race-${round}-${randomUUID()}@example.com`;
      const actor = await account(email);
      const { token } = await invite("OWNER", await organization.as("ADMIN"));
      const accept = () => acceptInvitation(actor, { token }, originAt(new Date()));
      const [first, second] = round % 2 === 0 ? [accept, change] : [change, accept];
      const outcomes = await Promise.all([first("ADMIN"), second("ADMIN")]);
      const joined = outcomes[round % 2];
      expect(outcomes[1 - (round % 2)]).toMatchObject({ ok: true });
      const last = await database().auditEntry.findFirst({
        where: { organizationId: organization.id, action },
        orderBy: { sequence: "desc" },
      });
      expect(last?.action).toBe("member.level_changed");
      const there = await database().member.count({
        where: { organizationId: organization.id, userId: actor.userId },
      });
      expect(there).toBe(joined?.ok ? 1 : 0);
    }
  });
});

test("[L12] the database itself keeps an invitation as it ended", async () => {
  const { token } = await invite();
  value(await asNew(token));
  const [{ id } = { id: "" }] = await invitations();
  const reopened = { acceptedAt: null, acceptedById: null };
  await expect(database().invitation.update({ where: { id }, data: reopened })).rejects.toThrow(
    /stays as it ended/,
  );
});
