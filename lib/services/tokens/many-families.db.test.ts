import { beforeAll, beforeEach, expect, test } from "vitest";
import { createTestKey, endTestKey, type TestKey } from "@/e2e/support/data/test-key";
import { createTestOrganization, type TestOrganization, value } from "@/e2e/support/data/test-organization";
import { codeOf, granted, tokenClient } from "@/e2e/support/data/test-tokens";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import { familiesOfKeyMaximum } from "@/lib/core/maximums/maximums";
import { database, inTransaction } from "@/lib/db/client";
import type { OrganizationId } from "@/lib/services/access/context";
import { rollKey } from "../keys/roll-key";
import { makeRoomForFamily } from "./make-room-for-family";

provideTestDatabase();
let organization: TestOrganization;
let key: TestKey;
beforeAll(async () => {
  organization = await createTestOrganization("Families");
});
beforeEach(async () => {
  key = await createTestKey(organization);
});

const start = new Date(Math.floor(Date.now() / 1000) * 1000);
const later = (minutes: number) => new Date(start.getTime() + minutes * 60_000);
const families = () =>
  database().tokenFamily.findMany({ where: { keyId: key.id }, orderBy: { createdAt: "asc" } });
const hasRoom = (at: Date, maximum: number) =>
  inTransaction((transaction) =>
    makeRoomForFamily(
      transaction,
      { id: key.id, organizationId: organization.id as OrganizationId },
      at,
      maximum,
    ),
  );

test("[L12] a full key forgets exchanges that nobody uses, once their access tokens have expired", async () => {
  const { issue } = tokenClient(key);
  const first = await issue(start);
  await issue(later(1));
  expect(await hasRoom(later(2), 3)).toBe(true);
  expect(await hasRoom(later(2), 2)).toBe(false);
  expect(await codeOf(first.accessToken, later(2))).toBe("good");
  expect(await families()).toHaveLength(2);
  expect(await hasRoom(later(16.5), 2)).toBe(true);
  expect((await families()).map(({ createdAt }) => createdAt)).toEqual([later(1)]);
});

test("[L12] it keeps exchanges that were refreshed or created a live key or an open link, until those end", async () => {
  const { issue, refresh } = tokenClient(key);
  const tokens = [await issue(start), await issue(later(1)), await issue(later(2))];
  granted(await refresh(later(3), tokens[0]?.refreshToken ?? ""));
  const [, second, third] = await families();
  const made = await createTestKey(organization, {
    createdByKeyId: key.id,
    createdByFamilyId: second?.id ?? null,
  });
  const link = await database().invitation.create({
    data: {
      ...{ organizationId: organization.id, email: "ana@example.com", accessLevel: "MEMBER" },
      ...{ tokenHash: new Uint8Array(32), invitedById: organization.userIds.OWNER },
      ...{
        madeByKeyId: key.id,
        madeByFamilyId: third?.id ?? null,
        createdAt: start,
        expiresAt: later(10_000),
      },
    },
  });
  expect(await hasRoom(later(60), 3)).toBe(false);
  await database().invitation.update({ where: { id: link.id }, data: { revokedAt: later(60) } });
  expect(await hasRoom(later(60), 3)).toBe(true);
  expect(await hasRoom(later(60), 2)).toBe(false);
  await endTestKey(made, { revokedAt: later(60) });
  expect(await hasRoom(later(60), 2)).toBe(true);
  expect(await hasRoom(later(60), 1)).toBe(false);
  // Nobody refreshed it for a day: otherwise a key's exchanges could be used up for 30 days.
  await expect(
    inTransaction(async (transaction) => {
      const room = await makeRoomForFamily(
        transaction,
        { id: key.id, organizationId: organization.id as OrganizationId },
        later(3 + 25 * 60),
        1,
      );
      throw new Error(room ? "there is room" : "there is none");
    }),
  ).rejects.toThrow("there is room");
  // Families end with their secret, however often they were refreshed.
  value(await rollKey(await organization.as("OWNER", later(61)), { keyId: key.id, graceSeconds: 0 }));
  expect(await hasRoom(later(120), 1)).toBe(true);
  expect(await families()).toEqual([]);
});

test("[L12] a key has at most 10,000 exchanges, even with two at once", async () => {
  const { tryIssue, issue } = tokenClient(key);
  await issue(start);
  await database().$executeRaw`
    INSERT INTO token_families (id, organization_id, key_id, secret_id, access_level, scope, created_at, expires_at)
    SELECT gen_random_uuid(), organization_id, key_id, secret_id, access_level, scope, created_at, expires_at
    FROM token_families, generate_series(1, ${familiesOfKeyMaximum - 2}::int) WHERE key_id = ${key.id}`;
  const both = await Promise.all([tryIssue(later(1)), tryIssue(later(1))]);
  expect(both.map((each) => (each.ok ? "issued" : each.error)).sort()).toEqual([
    ...["issued", "temporarily_unavailable"],
  ]);
  granted(await tryIssue(later(17)));
  expect(await families()).toHaveLength(familiesOfKeyMaximum - 99);
});
