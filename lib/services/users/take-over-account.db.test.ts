import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { createTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization, value } from "@/e2e/support/data/test-organization";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import type { AccessLevel } from "@/lib/core/access/access-level";
import { database } from "@/lib/db/client";
import { verifyAuditChains } from "@/lib/services/audit/verify-audit-chains";
import { acceptInvitationAsNew } from "@/lib/services/invitations/accept-invitation";
import { resetPassword } from "@/lib/services/password-reset/reset-password";
import { signIn } from "@/lib/services/sessions/sign-in";
import { hashLinkToken, randomLinkToken } from "@/lib/token/link-token";
import { setFirstPassword } from "./password/set-first-password";

let acme: TestOrganization;
let other: TestOrganization;
/** A member of Other who has not claimed their account yet. */
let person: { readonly id: string; readonly email: string };
provideTestDatabase();
beforeEach(async () => {
  acme = await createTestOrganization("Acme");
  other = await createTestOrganization("Other");
  const email = `taken-${randomUUID()}@example.com`;
  person = await database().user.create({ data: { name: "Given Name", email } });
  await join(other, "ADMIN");
});

const password = "correct horse battery staple";
const origin = () => ({
  at: new Date(),
  address: "203.0.113.9",
  userAgent: "Theirs",
  requestId: randomUUID(),
});
const times = () => ({ createdAt: new Date(), expiresAt: new Date(Date.now() + 3_600_000) });

const join = ({ id: organizationId }: TestOrganization, accessLevel: AccessLevel) =>
  database().member.create({ data: { organizationId, userId: person.id, accessLevel } });

async function passwordLink({ id: organizationId }: TestOrganization): Promise<string> {
  const token = randomLinkToken();
  const link = { organizationId, userId: person.id, tokenHash: hashLinkToken(token) };
  await database().passwordLink.create({ data: { ...link, ...times() } });
  return token;
}

async function byInvitation() {
  const token = randomLinkToken();
  const invitation = { organizationId: acme.id, email: person.email, accessLevel: "MEMBER" as const };
  const made = { tokenHash: hashLinkToken(token), invitedById: acme.userIds.OWNER, ...times() };
  await database().invitation.create({ data: { ...invitation, ...made } });
  return acceptInvitationAsNew({ token, name: "Own Name", password }, origin());
}

async function byFirstPassword() {
  await join(acme, "MEMBER");
  return setFirstPassword({ token: await passwordLink(acme), password }, origin());
}

async function byReset() {
  const token = randomLinkToken();
  const reset = { userId: person.id, tokenHash: hashLinkToken(token), byOperator: false };
  await database().passwordReset.create({ data: { ...reset, ...times() } });
  return resetPassword({ token, password }, origin());
}

const memberships = async () =>
  (await database().member.findMany({ where: { userId: person.id } })).map((row) => row.organizationId);
const entriesOf = ({ id: organizationId }: TestOrganization) =>
  database().auditEntry.findMany({ where: { organizationId }, orderBy: { sequence: "asc" } });

describe("only organizations the person agreed to learn about a claimed account", () => {
  test.each([
    ["an invitation that is accepted as new", byInvitation, true],
    ["a link for a first password", byFirstPassword, true],
    ["a reset", byReset, false],
  ])("by %s", async (_way, takeOver, joins) => {
    const key = await createTestKey(other);
    const { OWNER } = other.userIds;
    const given = { creatorId: person.id, liveCreatorId: person.id };
    await database().apiKey.update({ where: { id: key.id }, data: given, select: { id: true } });
    const link = await passwordLink(other);
    const before = (await entriesOf(other)).length;

    value<unknown>(await takeOver());
    value(await signIn({ email: person.email, password }, origin()));
    expect(await memberships()).toEqual(joins ? [acme.id] : []);
    const told = (await entriesOf(other)).slice(before);
    expect(told.map(({ action }) => action)).toEqual(["member.removed", "key.revoked"]);
    for (const entry of told) {
      expect(entry).toMatchObject({ actorKind: "system", actorUserId: null, address: null, requestId: null });
    }
    expect(told[0]).toMatchObject({ targetId: person.id, targetName: "Given Name" });
    expect(told[0]?.details).toMatchObject({ neverAgreed: true, keysRevoked: 1, accessLevel: "ADMIN" });
    const after = await database().apiKey.findUnique({ where: { id: key.id } });
    expect(after).toMatchObject({ revocationReason: "creator_removed", liveCreatorId: null });
    expect(await setFirstPassword({ token: link, password }, origin())).toMatchObject({ code: "not_found" });
    expect(await database().member.count({ where: { organizationId: other.id, userId: OWNER } })).toBe(1);
    expect((await verifyAuditChains()).filter(({ fault }) => fault !== null)).toEqual([]);
  });

  test("two simultaneous claims: one succeeds, and the membership ends once", async () => {
    const answers = await Promise.all([byFirstPassword(), byReset()]);
    expect(answers.some(({ ok }) => ok)).toBe(true);
    const told = (await entriesOf(other)).filter(({ action }) => action === "member.removed");
    expect(told).toHaveLength(1);
    expect(await memberships()).not.toContain(other.id);
  });

  test("an organization's last owner stays", async () => {
    await database().member.updateMany({ where: { userId: person.id }, data: { accessLevel: "OWNER" } });
    await database().member.updateMany({
      where: { userId: other.userIds.OWNER },
      data: { accessLevel: "ADMIN" },
    });
    value(await byReset());
    expect(await memberships()).toEqual([other.id]);
  });

  test("and resetting an account with a password ends no membership", async () => {
    await database().user.update({ where: { id: person.id }, data: { passwordHash: "theirs" } });
    value(await byReset());
    expect(await memberships()).toEqual([other.id]);
  });
});
