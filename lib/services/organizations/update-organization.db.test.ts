import { beforeEach, expect, test } from "vitest";
import { createTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization, value } from "@/e2e/support/data/test-organization";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import { database } from "@/lib/db/client";
import type { LifetimePreview } from "./lifetime-preview";
import { updateOrganization } from "./update-organization";

let organization: TestOrganization;
provideTestDatabase();
beforeEach(async () => {
  organization = await createTestOrganization("Settings");
});

const read = () => database().organization.findUniqueOrThrow({ where: { id: organization.id } });
const entries = () => database().auditEntry.count({ where: { organizationId: organization.id } });
const input = { name: "Renamed", keyCreators: "ADMIN" } as const;

test("[Y2] an owner sets who may create keys, with one audit entry, and the URL stays", async () => {
  const before = await entries();
  value(await updateOrganization(await organization.as("OWNER"), input));
  expect(await read()).toMatchObject({ ...input, slug: organization.slug });
  expect(await entries()).toBe(before + 1);
});

test("saving without changes writes no entry", async () => {
  const owner = await organization.as("OWNER");
  value(await updateOrganization(owner, input));
  const before = await entries();
  value(await updateOrganization(owner, input));
  expect(await entries()).toBe(before);
});

test("[Y2] an admin, a member and another tenant's owner are refused, and no row changes", async () => {
  const before = await read();
  const count = await entries();
  for (const level of ["ADMIN", "MEMBER"] as const) {
    expect(await updateOrganization(await organization.as(level), input)).toMatchObject({
      code: "forbidden",
    });
  }
  const stranger = await (await createTestOrganization("Other")).as("OWNER");
  const { organization: target } = await organization.as("OWNER");
  const forged = { ...stranger, organization: target };
  expect(await updateOrganization(forged, input)).toMatchObject({ code: "not_found" });
  expect(await read()).toEqual(before);
  expect(await entries()).toBe(count);
});

test("ten simultaneous saves all finish, one after another", async () => {
  const owner = await organization.as("OWNER");
  const names = Array.from({ length: 10 }, (_, index) => `Name ${index}`);
  const before = await entries();
  const saved = await Promise.all(names.map((name) => updateOrganization(owner, { ...input, name })));
  expect(saved.every((result) => result.ok)).toBe(true);
  expect(names).toContain((await read()).name);
  expect(await entries()).toBe(before + 10);
});

test("[L15] a maximum lifetime that ends keys is reviewed first, and only then needs the password", async () => {
  const dayMs = 86_400_000;
  await createTestKey(organization, { createdAt: new Date(Date.now() - 40 * dayMs), accessLevel: "MEMBER" });
  const owner = await organization.as("OWNER");
  const late = { ...owner, actor: { ...owner.actor, authenticatedAt: new Date(Date.now() - dayMs) } };
  const unseen = await updateOrganization(late, { maximumLifetimeDays: 30 });
  expect(unseen).toMatchObject({ code: "conflict", current: { lifetimePreview: { now: 1 } } });
  const shown = (unseen.ok ? undefined : unseen.current?.lifetimePreview) as LifetimePreview;
  const refused = await updateOrganization(late, { maximumLifetimeDays: 30, shown });
  expect(refused).toMatchObject({ code: "reauthentication_required" });
  expect((await read()).maximumLifetimeDays).toBeNull();
  value(await updateOrganization(owner, { maximumLifetimeDays: 30, shown }));
  expect((await read()).maximumLifetimeDays).toBe(30);
});
