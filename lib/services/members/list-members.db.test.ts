import { randomUUID } from "node:crypto";
import { beforeEach, expect, test } from "vitest";
import { createTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization, value } from "@/e2e/support/data/test-organization";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import type { AccessLevel } from "@/lib/core/access/access-level";
import { database } from "@/lib/db/client";
import { listInput } from "@/lib/schemas/list";
import { listMembers } from "./list-members";

let organization: TestOrganization;
provideTestDatabase();
beforeEach(async () => {
  organization = await createTestOrganization("People");
});

const keyOf = (level: AccessLevel, over: { accessLevel?: AccessLevel; name?: string } = {}) =>
  createTestKey(organization, { creator: level, accessLevel: level, ...over });

const list = async (level: AccessLevel, input: { search?: string; page?: number; pageSize?: number } = {}) =>
  value(await listMembers(await organization.as(level), listInput.parse(input)));

test("[B1] shows everyone to everyone, by name, with their level; members do not see key counts", async () => {
  await keyOf("ADMIN");
  const { rows, total } = await list("OWNER");
  expect(total).toBe(3);
  expect(
    rows.map(({ level, liveKeys, isSelf, isLastOwner }) => ({ level, liveKeys, isSelf, isLastOwner })),
  ).toEqual([
    { level: "ADMIN", liveKeys: 1, isSelf: false, isLastOwner: false },
    { level: "MEMBER", liveKeys: 0, isSelf: false, isLastOwner: false },
    { level: "OWNER", liveKeys: 1, isSelf: true, isLastOwner: true },
  ]);
  expect((await list("ADMIN")).rows.map(({ liveKeys }) => liveKeys)).toEqual([1, 0, 1]);
  expect((await list("MEMBER")).rows.map(({ liveKeys }) => liveKeys)).toEqual([null, null, null]);
});

test("[B1] finds by name and by email, takes wildcards literally, and pages", async () => {
  expect((await list("OWNER", { search: "admin OF" })).rows).toHaveLength(1);
  expect((await list("OWNER", { search: "MEMBER-" })).rows).toMatchObject([{ level: "MEMBER" }]);
  expect((await list("OWNER", { search: "%" })).total).toBe(0);
  const user = await database().user.createManyAndReturn({
    data: Array.from({ length: 9 }, (_, index) => ({
      name: `Z ${index}`,
      email: `${index}-${randomUUID()}@x.test`,
    })),
  });
  await database().member.createMany({
    data: user.map(({ id }) => ({
      organizationId: organization.id,
      userId: id,
      accessLevel: "MEMBER" as const,
    })),
  });
  const first = await list("OWNER", { pageSize: 10 });
  const second = await list("OWNER", { pageSize: 10, page: 2 });
  expect([first.total, first.rows.length, second.rows.length]).toEqual([12, 10, 2]);
  expect(new Set([...first.rows, ...second.rows].map(({ id }) => id)).size).toBe(12);
});
