import pg from "pg";
import { beforeAll, expect, test } from "vitest";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization, value } from "@/e2e/support/data/test-organization";
import { createTestResources, giveTestGrant } from "@/e2e/support/data/test-resources";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import { database } from "@/lib/db/client";
import { readMemberConsequences } from "@/lib/services/members/read-access-impact";
import { readResourceDeletion } from "@/lib/services/resources/read-resource-deletion";
import { previewRoleChange } from "@/lib/services/roles/preview-role-change";

const many = 2_100;
const dayMs = 86_400_000;
const now = new Date();

let organization: TestOrganization;
let applicationId: string;

provideTestDatabase();
beforeAll(async () => {
  organization = await createTestOrganization("Many");
  const { id: organizationId, userIds } = organization;
  const { application } = await createTestResources(organization);
  applicationId = application.id;
  await giveTestGrant(organization, userIds.MEMBER, application, "ADMIN");
  const role = await database().role.create({
    data: { organizationId, roleId: "caller", title: "Caller", permissions: ["keys:read", "keys:verify"] },
  });
  // A third of the keys was used today, a third a month ago, the others never.
  const keys = Array.from({ length: many }, (_, at) => ({
    id: `many${String(at).padStart(12, "0")}`,
    name: `Service ${at}`,
    lastUsedAt: [new Date(now.getTime() - 1000), new Date(now.getTime() - 30 * dayMs), null][at % 3] ?? null,
  }));
  await database().apiKey.createMany({
    data: keys.map((key) => ({
      ...key,
      organizationId,
      type: "secret" as const,
      accessLevel: "ADMIN" as const,
      namespaceType: "application" as const,
      applicationId,
      creatorId: userIds.MEMBER,
      liveCreatorId: userIds.MEMBER,
      createdAt: new Date(now.getTime() - 60 * dayMs),
    })),
  });
  await database().apiKeyRole.createMany({
    data: keys.map(({ id }) => ({ organizationId, keyId: id, roleId: role.id })),
  });
  const hour = new Date(Math.floor(now.getTime() / 3_600_000) * 3_600_000);
  await database().apiKeyUsageHour.createMany({
    data: keys
      .filter((_, at) => at % 3 === 0)
      .map(({ id }, at) => ({ organizationId, keyId: id, hour, calls: at + 1 })),
  });
});

/**
 * The number of rows that PostgreSQL returned during the work; 0 on the embedded database, which cannot be observed.
 */
async function rowsReadBy(work: () => Promise<void>): Promise<number> {
  const client = pg.Client.prototype as { query: (...given: unknown[]) => unknown };
  const { query } = client;
  let rows = 0;
  const counted = (result: { readonly rows?: readonly unknown[] } | undefined) => {
    rows += result?.rows?.length ?? 0;
  };
  client.query = function (this: unknown, ...given) {
    const answer = given.at(-1);
    if (typeof answer === "function") {
      const wrapped = (error: unknown, result: Parameters<typeof counted>[0]) => {
        counted(result);
        answer(error, result);
      };
      return query.apply(this, [...given.slice(0, -1), wrapped]);
    }
    const asked = query.apply(this, given);
    if (asked instanceof Promise) void asked.then(counted, () => undefined);
    return asked;
  };
  try {
    await work();
  } finally {
    client.query = query;
  }
  return rows;
}

const used = many / 3;
const counts = { today: used, earlier: used, idle: used };
const mostUsed = { name: `Service ${many - 3}`, calls: used, use: "today" };
const asked = {
  "removing a member": async () => {
    const owner = await organization.as("OWNER", now);
    const input = { userId: organization.userIds.MEMBER, accessLevel: null, page: 0 };
    const impact = value(await readMemberConsequences(owner, input));
    expect(impact).toMatchObject({ total: many, counts });
    expect(impact.keys).toHaveLength(20);
    expect(impact.keys[0]).toMatchObject({ ...mostUsed, lost: ["keys:read", "keys:verify"] });
    const last = value(await readMemberConsequences(owner, { ...input, page: many / 50 }));
    expect(last.keys.map(({ use }) => use)).toEqual(Array.from({ length: 50 }, () => "idle"));
  },
  "deleting an application": async () => {
    const owner = await organization.as("OWNER", now);
    await giveTestGrant(
      organization,
      organization.userIds.OWNER,
      { type: "application", id: applicationId },
      "OWNER",
    );
    const resource = { type: "application", id: applicationId } as const;
    const deletion = value(await readResourceDeletion(owner, { resource }));
    expect(deletion).toMatchObject({ keyTotal: many, counts });
    expect(deletion.keys).toHaveLength(20);
    expect(deletion.keys[0]).toMatchObject(mostUsed);
  },
  "editing a role": async () => {
    const owner = await organization.as("OWNER", now);
    const change = { roleId: "caller", permissions: ["keys:read"] };
    const preview = value(await previewRoleChange(owner, change));
    expect(preview).toMatchObject({ liveKeys: many, changed: many, use: { counts } });
    expect(preview.keys).toHaveLength(20);
    expect(preview.keys[0]).toMatchObject({ ...mostUsed, losses: ["keys:verify"], gains: [] });
  },
};

test.each(Object.entries(asked))(
  "[L2] %s reads only the keys that it shows of thousands",
  async (_, work) => {
    const rows = await rowsReadBy(work);
    expect(rows).toBeLessThan(500);
    // At least the most used keys of one dialog.
    if (process.env.LATCHKEY_TEST_DATABASE === "postgres") expect(rows).toBeGreaterThan(20);
  },
);
