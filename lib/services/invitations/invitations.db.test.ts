import { randomBytes, randomUUID } from "node:crypto";
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
const day = 86_400_000;
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

/** A person with an account who is in no organization of this test. */
async function account(address: string): Promise<UserActor> {
  const user = await database().user.create({
    data: { name: "Ada Account", email: address, passwordHash: "theirs" },
  });
  const { id: userId, name } = user;
  return { kind: "user", userId, name, email: address, sessionId: randomUUID(), authenticatedAt: new Date() };
}

describe("inviting", () => {
  test("[L12] [B1] an owner invites to any level, with one audit entry and nothing of the token stored", async () => {
    for (const level of ["MEMBER", "ADMIN", "OWNER"] as const) {
      const before = await entries();
      email = `${level}-${randomUUID()}@example.com`.toLowerCase();
      const { token, expiresAt } = await invite(level);
      expect(token).toMatch(/^[\w-]{43}$/);
      expect(expiresAt.getTime() - owner.origin.at.getTime()).toBe(7 * day);
      expect(await entries()).toBe(before + 1);
      const rows = JSON.stringify([await invitations(), await database().auditEntry.findMany()]);
      expect(rows).not.toContain(token);
    }
    expect((await listed(owner)).map(({ accessLevel }) => accessLevel)).toEqual(["OWNER", "ADMIN", "MEMBER"]);
  });

  test("[B1] an admin invites members, sees and revokes their invitations, and nothing above", async () => {
    const admin = await organization.as("ADMIN");
    const own = await invite("MEMBER", admin);
    email = `owners-${email}`;
    await invite("MEMBER");
    const before = await entries();
    for (const accessLevel of ["ADMIN", "OWNER"] as const) {
      expect(await inviteMember(admin, { email: "x@example.com", accessLevel })).toMatchObject({
        code: "forbidden",
        fields: [{ field: "accessLevel", message: "As ADMIN you may invite to MEMBER only" }],
      });
    }
    expect(await entries()).toBe(before);
    expect((await listed(admin)).map((row) => row.email).sort()).toEqual([own.email, email].sort());
    for (const { id } of await listed(admin)) {
      value(await revokeInvitation(admin, { invitationId: id }));
    }
    expect(await listed(owner)).toEqual([]);
    expect(await entries()).toBe(before + 2);
  });

  test("[B1] an owner's invitation to ADMIN or OWNER is not there for an admin, and not replaced by theirs", async () => {
    const admin = await organization.as("ADMIN");
    for (const level of ["ADMIN", "OWNER"] as const) {
      email = `${level}-${randomUUID()}@example.com`.toLowerCase();
      const { token } = await invite(level);
      const [{ id } = { id: "" }] = await listed(owner);
      expect(await listed(admin)).toEqual([]);
      expect(await revokeInvitation(admin, { invitationId: id })).toMatchObject({ code: "not_found" });
      expect(await inviteMember(admin, { email, accessLevel: "MEMBER" })).toMatchObject({
        code: "conflict",
        fields: [{ field: "email" }],
      });
      expect(await readInvitation(token, new Date())).toMatchObject({ accessLevel: level });
    }
    // One whose time is over bars nobody.
    const later = await organization.as("ADMIN", new Date(Date.now() + 8 * day));
    value(await inviteMember(later, { email, accessLevel: "MEMBER" }));
  });

  test("[B1] members and another tenant's owner are refused, and no row changes", async () => {
    const { token } = await invite();
    const [{ id } = { id: "" }] = await listed(owner);
    const before = JSON.stringify([await invitations(), await entries()]);
    const stranger = await (await createTestOrganization("Other")).as("OWNER");
    const forged = { ...stranger, organization: owner.organization };
    const input = { email: "x@example.com", accessLevel: "MEMBER" } as const;
    const member = await organization.as("MEMBER");
    expect(await inviteMember(member, input)).toMatchObject({ code: "forbidden" });
    expect(await revokeInvitation(member, { invitationId: id })).toMatchObject({ code: "forbidden" });
    expect(await listInvitations(member, { page: 1 })).toMatchObject({ code: "forbidden" });
    expect(await inviteMember(forged, input)).toMatchObject({ code: "not_found" });
    for (const context of [stranger, forged]) {
      expect(await revokeInvitation(context, { invitationId: id })).toMatchObject({ code: "not_found" });
    }
    expect(JSON.stringify([await invitations(), await entries()])).toBe(before);
    expect(await readInvitation(token, new Date())).toMatchObject({ email });
  });

  test("[L12] nobody makes more than 100 an hour, and who reached that may again an hour later", async () => {
    const made = Array.from({ length: 100 }, (_, index) => ({
      organizationId: organization.id,
      email: `many-${index}@example.com`,
      accessLevel: "MEMBER" as const,
      tokenHash: new Uint8Array(randomBytes(32)),
      invitedById: owner.actor.userId,
      createdAt: owner.origin.at,
      expiresAt: new Date(owner.origin.at.getTime() + day),
    }));
    await database().invitation.createMany({ data: made });
    const input = inviteMemberInput.parse({ email, accessLevel: "MEMBER" });
    expect(await inviteMember(owner, input)).toMatchObject({ code: "rate_limited" });
    value(await inviteMember(await organization.as("ADMIN"), input));
    const anHourOn = new Date(owner.origin.at.getTime() + 60 * 60 * 1000);
    value(await inviteMember(await organization.as("OWNER", anHourOn), input));

    // Listed by pages, and a page that is not there is the last one.
    const page = value(await listInvitations(owner, { page: 6 }));
    expect(page).toMatchObject({ total: 101, page: 6, pages: 6 });
    expect(page.rows).toHaveLength(1);
    expect(value(await listInvitations(owner, { page: 99 }))).toEqual(page);
    expect(value(await listInvitations(owner, { page: 1 })).rows[0]).toMatchObject({ email });
  });

  test("who is a member already is refused by name", async () => {
    const { email: taken } = (await organization.as("ADMIN")).actor;
    const refused = await inviteMember(owner, { email: taken, accessLevel: "MEMBER" });
    expect(refused).toMatchObject({ code: "conflict", fields: [{ field: "email" }] });
    expect(await invitations()).toEqual([]);
  });

  test("[L12] inviting again ends the first link; ten times at once leaves one that is open", async () => {
    const first = await invite();
    const second = await invite();
    expect(await readInvitation(first.token, new Date())).toBeNull();
    expect(await readInvitation(second.token, new Date())).not.toBeNull();
    const input = inviteMemberInput.parse({ email, accessLevel: "MEMBER" });
    await Promise.all(Array.from({ length: 10 }, () => inviteMember(owner, input)));
    expect(await listed(owner)).toHaveLength(1);
  });
});

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

  test("[L12] as a person with an account, who alone can, and whose password nobody sets", async () => {
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

  test("[L12] a wrong, a used, a revoked and an expired token are one answer", async () => {
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

  test("[L12] ten acceptances at once make one member, new or not", async () => {
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

  test("[L5] [B1] who is demoted or removed leaves no link that they could not make any more", async () => {
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

  test("[B1] an invitation is good while its maker could make it, whatever way their level was lowered", async () => {
    const actor = await account(email);
    const { token } = await invite("ADMIN");
    const accept = () => acceptInvitation(actor, { token }, originAt(new Date()));
    const { userId } = owner.actor;
    const member = { organizationId_userId: { organizationId: organization.id, userId } };
    // Not by the verb, which would end it.
    await database().member.update({ where: member, data: { accessLevel: "ADMIN" } });
    expect(await readInvitation(token, new Date())).toBeNull();
    expect(await accept()).toMatchObject({ code: "not_found" });
    expect(await asNew(token)).toMatchObject({ code: "not_found" });
    expect(await members()).toBe(3);
    await database().member.update({ where: member, data: { accessLevel: "OWNER" } });
    value(await accept());
  });

  test("[B1] of an acceptance and the demotion of who invited at once, nobody comes in after it", async () => {
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
