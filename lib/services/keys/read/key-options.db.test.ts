import { beforeEach, expect, test } from "vitest";
import { keyInput } from "@/e2e/support/data/key-input";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization, value } from "@/e2e/support/data/test-organization";
import type { TestResources } from "@/e2e/support/data/test-resources";
import { createTestResources, giveTestGrant } from "@/e2e/support/data/test-resources";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import type { AccessLevel } from "@/lib/core/access/access-level";
import { accessLevels } from "@/lib/core/access/access-level";
import type { Namespace } from "@/lib/core/access/namespace";
import { database } from "@/lib/db/client";
import type { GenerateKeyInput } from "@/lib/schemas/key";
import { generateKey } from "../generate-key";
import { keyOptions } from "./key-options";

let organization: TestOrganization;
let store: TestResources;

provideTestDatabase();
beforeEach(async () => {
  organization = await createTestOrganization("Options");
  store = await createTestResources(organization);
});

const allow = (keyCreators: AccessLevel) =>
  database().organization.update({ where: { id: organization.id }, data: { keyCreators } });
const offered = async (level: AccessLevel) => value(await keyOptions(await organization.as(level)));
const keyOf = (accessLevel: AccessLevel, namespace?: Namespace): GenerateKeyInput =>
  keyInput(organization, { name: "Offered", accessLevel, roles: [], ...(namespace && { namespace }) });
const organizationName = async () => (await organization.as("OWNER")).organization.name;

test("[P7] [P3] offers the organization and exactly the namespaces the person has a grant in, by path", async () => {
  await allow("MEMBER");
  const { MEMBER } = organization.userIds;
  await giveTestGrant(organization, MEMBER, store.workspace, "ADMIN");
  await giveTestGrant(organization, MEMBER, store.application, "MEMBER");
  await giveTestGrant(organization, MEMBER, store.organizationGroup, "OWNER");
  const { namespaces } = await offered("MEMBER");
  expect(namespaces).toEqual([
    {
      type: "organization",
      id: organization.id,
      name: await organizationName(),
      level: "MEMBER",
      levels: ["MEMBER"],
    },
    { ...store.application, name: "Storefront", level: "MEMBER", levels: ["MEMBER"] },
    { ...store.workspace, name: "Storefront / Production", level: "ADMIN", levels: ["ADMIN", "MEMBER"] },
    {
      ...store.organizationGroup,
      name: "Everyone at Storefront",
      level: "OWNER",
      levels: ["OWNER", "ADMIN", "MEMBER"],
    },
  ]);
});

test("[P7] counts the visible namespaces without access: all for an owner, for others those in applications with a grant", async () => {
  await allow("MEMBER");
  expect(await offered("OWNER")).toMatchObject({ withoutAccess: 4, managesGrants: true });
  // Counts the application and the organization's user group, since the member cannot see inside the application.
  expect(await offered("MEMBER")).toMatchObject({ withoutAccess: 2, managesGrants: false });
  await giveTestGrant(organization, organization.userIds.MEMBER, store.application, "MEMBER");
  // Now also counts the application's workspace and user group.
  expect((await offered("MEMBER")).withoutAccess).toBe(3);
  await giveTestGrant(organization, organization.userIds.MEMBER, store.workspace, "MEMBER");
  expect((await offered("MEMBER")).withoutAccess).toBe(2);
});

test("[P3] neither offers nor counts deleted namespaces, their content, or another organization's", async () => {
  const other = await createTestOrganization("Elsewhere");
  const foreign = await createTestResources(other, "Foreign");
  await giveTestGrant(other, other.userIds.OWNER, foreign.application, "OWNER");
  await giveTestGrant(organization, organization.userIds.OWNER, store.application, "OWNER");
  await giveTestGrant(organization, organization.userIds.OWNER, store.workspace, "OWNER");
  const at = new Date();
  await database().application.update({ where: { id: store.application.id }, data: { deletedAt: at } });
  const options = await offered("OWNER");
  expect(options.namespaces.map(({ id }) => id)).toEqual([organization.id]);
  expect(options.withoutAccess).toBe(1);
});

test.each<[AccessLevel, AccessLevel, boolean]>([
  ["OWNER", "OWNER", true],
  ["OWNER", "ADMIN", true],
  ["OWNER", "MEMBER", true],
  ["ADMIN", "OWNER", false],
  ["ADMIN", "ADMIN", true],
  ["ADMIN", "MEMBER", true],
  ["MEMBER", "OWNER", false],
  ["MEMBER", "ADMIN", false],
  ["MEMBER", "MEMBER", true],
])("[Y2] %s, where %s and above create keys, is offered something: %s", async (level, keyCreators, some) => {
  await allow(keyCreators);
  const options = await keyOptions(await organization.as(level));
  expect(options).toMatchObject(some ? { ok: true } : { ok: false, code: "forbidden" });
  const generated = await generateKey(await organization.as(level), keyOf("MEMBER"));
  // Otherwise the refusal names no field, since there is no alternative to choose.
  if (options.ok) expect(generated.ok).toBe(true);
  else expect(generated).toEqual(options);
});

test("[B3] [P7] [P9] exactly the offered options are accepted, in every namespace and at every level", async () => {
  await allow("MEMBER");
  const { userIds } = organization;
  await giveTestGrant(organization, userIds.ADMIN, store.application, "OWNER");
  await giveTestGrant(organization, userIds.ADMIN, store.group, "MEMBER");
  await giveTestGrant(organization, userIds.MEMBER, store.workspace, "ADMIN");
  await giveTestGrant(organization, userIds.OWNER, store.organizationGroup, "ADMIN");
  const places = [{ type: "organization", id: organization.id } as const, ...Object.values(store)];
  for (const level of accessLevels) {
    const { namespaces } = await offered(level);
    for (const namespace of places) {
      const given = namespaces.find(({ id }) => id === namespace.id);
      for (const accessLevel of accessLevels) {
        const generated = await generateKey(await organization.as(level), keyOf(accessLevel, namespace));
        expect(generated.ok).toBe(given?.levels.includes(accessLevel) ?? false);
        if (generated.ok) continue;
        const field = given === undefined ? "namespace" : "accessLevel";
        expect(generated).toMatchObject({ code: "forbidden", fields: [{ field }] });
      }
    }
  }
});

test("[S5] offers the built-in roles and the organization's own", async () => {
  await database().role.create({
    data: {
      organizationId: organization.id,
      roleId: "ic_viewer",
      title: "Viewer",
      permissions: ["case:read"],
      publishable: true,
    },
  });
  const { roles } = await offered("OWNER");
  expect(roles[0]?.id).toBe("full_access");
  expect(roles.at(-1)).toEqual({
    id: "ic_viewer",
    title: "Viewer",
    description: "",
    permissions: ["case:read"],
    publishable: true,
  });
});
