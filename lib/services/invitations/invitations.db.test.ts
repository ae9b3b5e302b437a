import { randomBytes, randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization, value } from "@/e2e/support/data/test-organization";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import type { AccessLevel } from "@/lib/core/access/access-level";
import { database } from "@/lib/db/client";
import { inviteMemberInput } from "@/lib/schemas/member";
import type { MemberContext } from "@/lib/services/access/context";
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
const day = 86_400_000;
const entries = () => database().auditEntry.count({ where: { organizationId: organization.id } });
const listed = async (by: MemberContext) => value(await listInvitations(by, { page: 1 })).rows;
const invitations = () => database().invitation.findMany({ where: { organizationId: organization.id } });

async function invite(level: AccessLevel = "MEMBER", by = owner) {
  const made = value(await inviteMember(by, inviteMemberInput.parse({ email, accessLevel: level })));
  return { ...made, token: made.token ?? "" };
}

describe("inviting", () => {
  test("[L12] [B1] an owner invites to any level, with one audit entry and without storing the token", async () => {
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

  test("[B1] an admin invites members, and sees and revokes only invitations at that level", async () => {
    const admin = await organization.as("ADMIN");
    const own = await invite("MEMBER", admin);
    email = `owners-${email}`;
    await invite("MEMBER");
    const before = await entries();
    for (const accessLevel of ["ADMIN", "OWNER"] as const) {
      expect(await inviteMember(admin, { email: "x@example.com", accessLevel })).toMatchObject({
        code: "forbidden",
        fields: [{ field: "accessLevel", message: "As Admin you may only invite people as Member" }],
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

  test("[B1] an admin cannot see or replace an owner's invitation to ADMIN or OWNER", async () => {
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
    // An expired invitation does not prevent a new one.
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

  test("[L12] nobody can send more than 100 an hour, and the limit resets an hour later", async () => {
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

    // The list is paginated, and a page past the end shows the last one.
    const page = value(await listInvitations(owner, { page: 6 }));
    expect(page).toMatchObject({ total: 101, page: 6, pages: 6 });
    expect(page.rows).toHaveLength(1);
    expect(value(await listInvitations(owner, { page: 99 }))).toEqual(page);
    expect(value(await listInvitations(owner, { page: 1 })).rows[0]).toMatchObject({ email });
  });

  test("an existing member is refused with that reason", async () => {
    const { email: taken } = (await organization.as("ADMIN")).actor;
    const refused = await inviteMember(owner, { email: taken, accessLevel: "MEMBER" });
    expect(refused).toMatchObject({ code: "conflict", fields: [{ field: "email" }] });
    expect(await invitations()).toEqual([]);
  });

  test("[L12] inviting again ends the first link; ten simultaneous invitations leave one open", async () => {
    const first = await invite();
    const second = await invite();
    expect(await readInvitation(first.token, new Date())).toBeNull();
    expect(await readInvitation(second.token, new Date())).not.toBeNull();
    const input = inviteMemberInput.parse({ email, accessLevel: "MEMBER" });
    await Promise.all(Array.from({ length: 10 }, () => inviteMember(owner, input)));
    expect(await listed(owner)).toHaveLength(1);
  });
});
