import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, expect, test } from "vitest";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization, value } from "@/e2e/support/data/test-organization";
import { testDatabaseKind } from "@/e2e/support/database/installation";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import { evenRace } from "@/e2e/support/timing/even-race";
import type { AccessLevel } from "@/lib/core/access/access-level";
import type { Resource } from "@/lib/core/access/resource";
import { database } from "@/lib/db/client";
import type { MemberContext } from "@/lib/services/access/context";
import { verifyAuditChains } from "@/lib/services/audit/verify-audit-chains";
import { generateKey } from "@/lib/services/keys/generate-key";
import { removeMember } from "@/lib/services/members/remove-member";
import { createResource } from "@/lib/services/resources/create-resource";
import { deleteResource } from "@/lib/services/resources/delete-resource";
import { changeGrant } from "./change-grant";
import { giveGrant } from "./give-grant";
import { takeGrant } from "./take-grant";

let organization: TestOrganization;
let owner: MemberContext;
provideTestDatabase();
beforeAll(async () => {
  organization = await createTestOrganization("Busy");
  const data = { keyCreators: "MEMBER" } as const;
  await database().organization.update({ where: { id: organization.id }, data });
  owner = await organization.as("OWNER");
});

/** Fewer rounds on the embedded database, whose single connection allows few interleavings. */
const rounds = testDatabaseKind() === "postgres" ? 200 : 60;
const shortWhile = () => sleep(Math.random() * 12);

/** Creates an application with these members' levels in it. */
async function application(levels: Partial<Record<AccessLevel, AccessLevel>>): Promise<Resource> {
  const organizationId = organization.id;
  const { id } = await database().application.create({ data: { organizationId, name: randomUUID() } });
  for (const [person, accessLevel] of Object.entries(levels) as [AccessLevel, AccessLevel][]) {
    const userId = organization.userIds[person];
    await database().member.createMany({
      data: { organizationId, userId, accessLevel: person },
      skipDuplicates: true,
    });
    await database().grant.create({ data: { organizationId, userId, applicationId: id, accessLevel } });
  }
  return { type: "application", id };
}

const generate = (context: MemberContext, namespace: Resource) =>
  generateKey(context, {
    name: "Just in time",
    description: "",
    type: "secret",
    accessLevel: "MEMBER",
    namespace,
    roles: ["full_access"],
    expiresAt: null,
  });

/** Unrevoked keys of people who are not members or have no grant in the key's application. */
async function orphans(): Promise<number> {
  const [row] = await database().$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM api_keys k WHERE k.revoked_at IS NULL AND (
      NOT EXISTS (SELECT 1 FROM members m
        WHERE m.organization_id = k.organization_id AND m.user_id = k.creator_id)
      OR k.application_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM grants g
        JOIN applications a ON a.id = g.application_id AND a.deleted_at IS NULL
        WHERE g.application_id = k.application_id AND g.user_id = k.creator_id))`;
  return row?.count ?? Number.NaN;
}

const ends: Record<string, (resource: Resource, userId: string) => Promise<{ ok: boolean; code?: string }>> =
  {
    "a member's removal": (_, userId) => removeMember(owner, { userId, transfers: [] }),
    "taking their grant": (resource, userId) => takeGrant(owner, { resource, userId, transfers: [] }),
    "deleting the application": (resource) => deleteResource(owner, { resource, keyTotal: 100 }),
  };

for (const [name, end] of Object.entries(ends)) {
  test(`[Y8, P9] in ${rounds} interleavings of ${name} with two generations no live key without access is left`, async () => {
    const outcomes = { made: 0, refused: 0 };
    const race = evenRace();
    for (let round = 0; round < rounds; round++) {
      const resource = await application({ MEMBER: "ADMIN" });
      const member = await organization.as("MEMBER");
      const attempt = async () => {
        await race.start("one");
        const made = await generate(member, resource);
        race.wasFirst(made.ok ? "one" : "other");
        if (made.ok) outcomes.made++;
        else {
          expect(["forbidden", "not_found"]).toContain(made.code);
          outcomes.refused++;
        }
      };
      const finish = async () => {
        await race.start("other");
        expect(await end(resource, member.actor.userId)).toMatchObject({ ok: true });
      };
      await Promise.all([attempt(), finish(), attempt()]);
      expect(await orphans()).toBe(0);
    }
    // Both outcomes occurred.
    expect(outcomes.made).toBeGreaterThan(0);
    expect(outcomes.refused).toBeGreaterThan(0);
  }, 480_000);
}

test("[P9] of two owners of an application who lower each other at once, one succeeds and the other is refused", async () => {
  for (let round = 0; round < 30; round++) {
    const resource = await application({ ADMIN: "OWNER", MEMBER: "OWNER" });
    const [a, b] = [await organization.as("ADMIN"), await organization.as("MEMBER")];
    const lower = async (by: MemberContext, of: MemberContext) => {
      if (round % 2 === 1) await shortWhile();
      const { userId } = of.actor;
      return changeGrant(by, { resource, userId, accessLevel: "MEMBER", transfers: [] });
    };
    const results = await Promise.all([lower(a, b), lower(b, a)]);
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(results.find(({ ok }) => !ok)).toMatchObject({ code: "forbidden" });
  }
});

test("[L7] grants given, changed and taken at once end as the last entry of the audit log says", async () => {
  for (let round = 0; round < 40; round++) {
    const resource = await application({ MEMBER: "ADMIN" });
    const { userId } = (await organization.as("ADMIN")).actor;
    const input = { resource, userId, transfers: [] };
    const acts = [
      () => giveGrant(owner, { resource, userId, accessLevel: "ADMIN" }),
      () => giveGrant(owner, { resource, userId, accessLevel: "MEMBER" }),
      () => changeGrant(owner, { ...input, accessLevel: "OWNER" }),
      () => takeGrant(owner, input),
      () => giveGrant(owner, { resource, userId, accessLevel: "OWNER" }),
    ];
    const results = await Promise.all(
      acts.map(async (act) => {
        await shortWhile();
        return act();
      }),
    );
    for (const result of results) if (!result.ok) expect(["conflict", "not_found"]).toContain(result.code);
    const grant = await database().grant.findFirst({ where: { userId, applicationId: resource.id } });
    const last = await database().auditEntry.findFirstOrThrow({
      where: { organizationId: organization.id, targetId: resource.id },
      orderBy: { sequence: "desc" },
    });
    const taken = last.action === "grant.taken";
    expect(grant?.accessLevel ?? null).toBe(
      taken ? null : (last.details as { accessLevel: string }).accessLevel,
    );
  }
  expect((await verifyAuditChains()).filter(({ fault }) => fault !== null)).toEqual([]);
});

test("[P3, P9] a deletion of an application and a creation inside it agree on what is left", async () => {
  for (let round = 0; round < 40; round++) {
    const resource = await application({ MEMBER: "OWNER" });
    const member = await organization.as("MEMBER");
    const [deleted] = await Promise.all([
      shortWhile().then(() => deleteResource(owner, { resource, keyTotal: 0 })),
      shortWhile().then(() =>
        createResource(member, { type: "workspace", applicationId: resource.id, name: "W" }),
      ),
    ]);
    value(deleted);
    const left = { applicationId: resource.id, deletedAt: null };
    expect(await database().workspace.count({ where: left })).toBe(0);
  }
});
