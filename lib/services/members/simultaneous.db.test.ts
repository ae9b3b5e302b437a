import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, expect, test } from "vitest";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization, value } from "@/e2e/support/data/test-organization";
import { testDatabaseKind } from "@/e2e/support/database/installation";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import { evenRace } from "@/e2e/support/timing/even-race";
import { database } from "@/lib/db/client";
import type { MemberContext } from "@/lib/services/access/context";
import { generateKey } from "@/lib/services/keys/generate-key";
import { changeAccessLevel } from "./change-access-level";
import { removeMember } from "./remove-member";

let organization: TestOrganization;
provideTestDatabase();
beforeAll(async () => {
  organization = await createTestOrganization("Busy");
});

/** Restores the two owners as they were before a round. */
async function twoOwners(): Promise<[MemberContext, MemberContext]> {
  const organizationId = organization.id;
  for (const userId of [organization.userIds.OWNER, organization.userIds.ADMIN]) {
    await database().member.upsert({
      where: { organizationId_userId: { organizationId, userId } },
      create: { organizationId, userId, accessLevel: "OWNER" },
      update: { accessLevel: "OWNER" },
    });
  }
  return [await organization.as("OWNER"), await organization.as("ADMIN")];
}

const owners = () =>
  database().member.count({ where: { organizationId: organization.id, accessLevel: "OWNER" } });
const shortWhile = () => sleep(Math.random() * 12);

const rounds = 30;
const demotion = (by: MemberContext, of: MemberContext) =>
  changeAccessLevel(by, { userId: of.actor.userId, accessLevel: "MEMBER", transfers: [] });
const removal = (by: MemberContext, of: MemberContext) =>
  removeMember(by, { userId: of.actor.userId, transfers: [] });

const duels = {
  "demote each other": (a: MemberContext, b: MemberContext) => [() => demotion(a, b), () => demotion(b, a)],
  "step down, both": (a: MemberContext, b: MemberContext) => [() => demotion(a, a), () => demotion(b, b)],
  "remove each other": (a: MemberContext, b: MemberContext) => [() => removal(a, b), () => removal(b, a)],
  "leave and demote": (a: MemberContext, b: MemberContext) => [() => removal(a, a), () => demotion(a, b)],
};

for (const [name, duel] of Object.entries(duels)) {
  test(`[B1] two owners ${name} at once: one owner is left, whichever is faster`, async () => {
    for (let round = 0; round < rounds; round++) {
      const results = await Promise.all(
        duel(...(await twoOwners())).map(async (act) => {
          if (round % 2 === 1) await shortWhile();
          return act();
        }),
      );
      expect(results.filter(({ ok }) => ok)).toHaveLength(1);
      expect(await owners()).toBe(1);
    }
  });
}

/** Fewer rounds on the embedded database, whose single connection puts everything in order. */
const removals = testDatabaseKind() === "postgres" ? 200 : 60;

test(`[Y8] in ${removals} interleavings of a removal with two generations no live key of a non-member is left`, async () => {
  const organizationId = organization.id;
  const userId = organization.userIds.MEMBER;
  const [owner] = await twoOwners();
  await database().organization.update({ where: { id: organizationId }, data: { keyCreators: "MEMBER" } });
  const outcomes = { made: 0, refused: 0 };
  const race = evenRace();
  for (let round = 0; round < removals; round++) {
    await database().member.createMany({
      data: { organizationId, userId, accessLevel: "MEMBER" },
      skipDuplicates: true,
    });
    const member = await organization.as("MEMBER");
    const generate = async () => {
      await race.start("one");
      const made = await generateKey(member, {
        name: "Just in time",
        description: "",
        type: "secret",
        accessLevel: "MEMBER",
        namespace: { type: "organization", id: organizationId },
        roles: ["full_access"],
        expiresAt: null,
      });
      race.wasFirst(made.ok ? "one" : "other");
      if (made.ok) outcomes.made++;
      else {
        expect(made.code).toBe("not_found");
        outcomes.refused++;
      }
    };
    const remove = async () => {
      await race.start("other");
      value(await removeMember(owner, { userId, transfers: [] }));
    };
    await Promise.all([generate(), remove(), generate()]);
    expect(await database().apiKey.count({ where: { creatorId: userId, revokedAt: null } })).toBe(0);
  }
  // Both outcomes occurred.
  expect(outcomes.made).toBeGreaterThan(0);
  expect(outcomes.refused).toBeGreaterThan(0);
}, 480_000);
