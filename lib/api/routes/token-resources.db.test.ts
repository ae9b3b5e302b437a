import { beforeAll, expect, test } from "vitest";
import { provideTestApi } from "@/e2e/support/api/test-api";
import { createTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization } from "@/e2e/support/data/test-organization";
import type { TestResources } from "@/e2e/support/data/test-resources";
import { createTestResources, giveTestGrant } from "@/e2e/support/data/test-resources";
import { tokenClient } from "@/e2e/support/data/test-tokens";
import { database } from "@/lib/db/client";

const api = provideTestApi();
let organization: TestOrganization;
let resources: TestResources;
beforeAll(async () => {
  organization = await createTestOrganization("Acting");
  resources = await createTestResources(organization);
  const { application, workspace, group } = resources;
  for (const resource of [application, workspace, group]) {
    await giveTestGrant(organization, organization.userIds.OWNER, resource, "OWNER");
  }
});

const codeOf = ({ status, json }: { status: number; json: { code?: string } | null }) =>
  status < 300 ? status : `${status} ${json?.code}`;

test("[B8] [P9] [P12] a token for a user changes what both the key's creator and that user may change", async () => {
  const { application, workspace } = resources;
  const key = await createTestKey(organization, { namespace: application, accessLevel: "ADMIN" });
  const user = organization.userIds.MEMBER;
  await giveTestGrant(organization, user, application, "ADMIN");
  const forItself = (await tokenClient(key).issue(new Date())).accessToken;
  const forUser = (await tokenClient(key).issue(new Date(), { user: { id: user } })).accessToken;
  const rename = async (token: string, name: string) =>
    codeOf(await api.send("PATCH", `/v1/workspaces/${workspace.id}`, token, { name }));

  const seen = await api.call("/v1/workspaces", forUser);
  expect(seen.json.data).toMatchObject([{ id: workspace.id }]);
  expect(await rename(forItself, "One")).toBe(200);
  // An ADMIN of the application without a grant in the workspace: namespaces are not nested.
  expect(await rename(forUser, "Two")).toBe("403 forbidden");
  await giveTestGrant(organization, user, workspace, "MEMBER");
  expect(await rename(forUser, "Two")).toBe("403 forbidden");
  const grant = { userId: user, workspaceId: workspace.id };
  await database().grant.updateMany({ where: grant, data: { accessLevel: "ADMIN" } });
  expect(await rename(forUser, "Two")).toBe(200);
  // The user's grant does not bypass the creator's.
  const creator = { userId: organization.userIds.OWNER, workspaceId: workspace.id };
  await database().grant.updateMany({ where: creator, data: { accessLevel: "MEMBER" } });
  expect(await rename(forUser, "Three")).toBe("403 forbidden");
  expect(await rename(forItself, "Three")).toBe("403 forbidden");
});

test("[B6] a token for fewer permissions changes and reads only what they allow", async () => {
  const { application, group } = resources;
  const key = await createTestKey(organization, { namespace: application });
  const { accessToken } = await tokenClient(key).issue(new Date(), { scope: ["usergroups:read"] });
  const path = `/v1/usergroups/${group.id}`;
  expect(codeOf(await api.call(path, accessToken))).toBe(200);
  expect(codeOf(await api.send("PATCH", path, accessToken, { name: "New" }))).toBe("403 forbidden");
  expect(codeOf(await api.call("/v1/workspaces", accessToken))).toBe("403 forbidden");
  expect(codeOf(await api.send("PATCH", path, key.token, { name: "New" }))).toBe(200);
});

test("[B5] [B8] a token for a user creates users only below that user", async () => {
  const key = await createTestKey(organization, { accessLevel: "ADMIN" });
  const user = { id: organization.userIds.ADMIN };
  const { accessToken } = await tokenClient(key).issue(new Date(), { user });
  const create = async (email: string, access_level: string) =>
    codeOf(await api.send("POST", "/v1/users", accessToken, { email, name: "Somebody", access_level }));
  expect(await create("first@example.com", "ADMIN")).toBe("403 forbidden");
  expect(await create("first@example.com", "MEMBER")).toBe(201);
  await database().member.updateMany({ where: { userId: user.id }, data: { accessLevel: "MEMBER" } });
  expect(await create("second@example.com", "MEMBER")).toBe("403 forbidden");
});
