import { decodeJwt } from "jose";
import { beforeAll, describe, expect, test } from "vitest";
import { createTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization, setTestLevel, value } from "@/e2e/support/data/test-organization";
import { createTestResources, giveTestGrant } from "@/e2e/support/data/test-resources";
import { codeOf, tokenClient } from "@/e2e/support/data/test-tokens";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import { formatKeyId } from "@/lib/core/keys/key-id";
import { database } from "@/lib/db/client";
import { actingLevel } from "@/lib/services/access/key-context";
import { removeMember } from "@/lib/services/members/remove-member";
import { authenticateToken } from "@/lib/verify/verdict/authenticate-token";

let organization: TestOrganization;
provideTestDatabase();
beforeAll(async () => {
  organization = await createTestOrganization("Tokens");
});

const start = new Date(Math.floor(Date.now() / 1000) * 1000);
const later = (seconds: number) => new Date(start.getTime() + seconds * 1000);

describe("a token on behalf of a user", () => {
  const by = (level: "OWNER" | "ADMIN" | "MEMBER") => ({ id: organization.userIds[level] });

  test("[B8] is refused when the key's level is above the user's", async () => {
    const levels = ["MEMBER", "ADMIN", "OWNER"] as const;
    for (const accessLevel of levels) {
      const client = tokenClient(await createTestKey(organization, { accessLevel }));
      for (const level of levels) {
        const answer = await client.tryIssue(start, { user: by(level) });
        const may = levels.indexOf(level) >= levels.indexOf(accessLevel);
        expect([accessLevel, level, answer.ok || answer.error]).toEqual([
          accessLevel,
          level,
          may || "access_denied",
        ]);
      }
    }
  });

  test("[B8] is granted by id or email and names the user; other organizations' users are not found", async () => {
    const key = await createTestKey(organization, { accessLevel: "MEMBER" });
    const client = tokenClient(key);
    const { email } = await database().user.findUniqueOrThrow({ where: by("MEMBER") });
    for (const user of [by("MEMBER"), { email }]) {
      const { accessToken } = await client.issue(start, { user });
      expect(decodeJwt(accessToken)).toMatchObject({ sub: by("MEMBER").id, client_id: formatKeyId(key.id) });
      const used = value(await authenticateToken(accessToken, start));
      expect(used.accessToken?.user).toMatchObject({ id: by("MEMBER").id, email, level: "MEMBER" });
    }
    const other = await createTestOrganization("Elsewhere");
    const denied = await client.tryIssue(start, { user: { id: other.userIds.OWNER } });
    expect(denied).toMatchObject({ error: "access_denied" });
    const nobody = { email: "nobody@example.com" };
    expect(await client.tryIssue(start, { user: nobody })).toEqual(denied);
  });

  test("[B8] is bounded by the user's current level at each use, and not refreshed below the key's level", async () => {
    const other = await createTestOrganization("Bounded");
    const client = tokenClient(await createTestKey(other, { accessLevel: "ADMIN" }));
    const user = { id: other.userIds.ADMIN };
    const { accessToken, refreshToken } = await client.issue(start, { user });
    const use = async () => value(await authenticateToken(accessToken, later(1)));
    expect((await use()).permissions).toContain("keys:read");
    await setTestLevel(other, user.id, "MEMBER");
    const lowered = await use();
    expect([lowered.permissions.includes("keys:read"), actingLevel(lowered)]).toEqual([false, "MEMBER"]);
    expect(lowered.accessToken?.limits).toMatchObject([{ by: "user", level: "MEMBER" }]);
    expect(await client.refresh(later(1), refreshToken)).toMatchObject({ error: "access_denied" });
    await setTestLevel(other, user.id, "ADMIN");
    expect((await use()).permissions).toContain("keys:read");
    expect((await client.refresh(later(2), refreshToken)).ok).toBe(true);
  });

  test("[B8] ends permanently when the user is removed, even if they return", async () => {
    const other = await createTestOrganization("Removed");
    const client = tokenClient(await createTestKey(other, { accessLevel: "MEMBER" }));
    const user = { id: other.userIds.MEMBER };
    const { accessToken, refreshToken } = await client.issue(start, { user });
    expect(await codeOf(accessToken, later(1))).toBe("good");
    const context = await other.as("OWNER");
    value(await removeMember(context, { userId: user.id, transfers: [] }));
    expect(await codeOf(accessToken, later(1))).toBe("key_revoked");
    await database().member.create({
      data: { organizationId: other.id, userId: user.id, accessLevel: "OWNER" },
    });
    expect(await codeOf(accessToken, later(1))).toBe("key_revoked");
    expect(await client.refresh(later(1), refreshToken)).toMatchObject({ error: "invalid_grant" });
  });

  test("[B8] [P9] uses the user's level in the key's namespace, not the one around it", async () => {
    const { application, workspace } = await createTestResources(organization, "Passport");
    await giveTestGrant(organization, organization.userIds.OWNER, application, "OWNER");
    const key = await createTestKey(organization, { namespace: application, accessLevel: "ADMIN" });
    const client = tokenClient(key);
    // The user's level in the organization counts, whatever their access inside it.
    await giveTestGrant(organization, organization.userIds.MEMBER, workspace, "OWNER");
    expect(await client.tryIssue(start, { user: by("ADMIN") })).toMatchObject({ error: "access_denied" });
    expect(await client.tryIssue(start, { user: by("MEMBER") })).toMatchObject({ error: "access_denied" });
    await giveTestGrant(organization, organization.userIds.MEMBER, application, "ADMIN");
    const { accessToken } = await client.issue(start, { user: by("MEMBER") });
    expect(value(await authenticateToken(accessToken, start)).permissions).toContain("workspaces:create");
    await database().grant.deleteMany({
      where: { userId: organization.userIds.MEMBER, applicationId: application.id },
    });
    expect(await codeOf(accessToken, start)).toBe("key_revoked");
  });
});
