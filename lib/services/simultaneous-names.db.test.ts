import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { foreignToken, importTestKeys } from "@/e2e/support/data/import-test-keys";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization } from "@/e2e/support/data/test-organization";
import { createTestResources } from "@/e2e/support/data/test-resources";
import { createTestView } from "@/e2e/support/data/test-view";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import type { Resource } from "@/lib/core/access/resource";
import type { Result } from "@/lib/core/result";
import { success } from "@/lib/core/result";
import type { MemberContext } from "@/lib/services/access/context";
import { giveGrant } from "./grants/give-grant";
import { inviteMember } from "./invitations/invite-member";
import { renameKeyView, saveKeyView } from "./keys/views/change-key-views";
import { createResource } from "./resources/create-resource";
import { renameResource } from "./resources/rename-resource";
import { createRole } from "./roles/create-role";

let organization: TestOrganization;
let owner: MemberContext;
let application: Resource;
let workspaces: Resource[];

provideTestDatabase();
beforeAll(async () => {
  organization = await createTestOrganization("At once");
  owner = await organization.as("OWNER");
  const made = await createTestResources(organization);
  application = made.application;
  workspaces = [made.workspace, await create("workspace")];
  // The creator gets access, so the owner may rename both.
  await giveGrant(owner, { resource: made.application, userId: owner.actor.userId, accessLevel: "OWNER" });
  await giveGrant(owner, { resource: made.workspace, userId: owner.actor.userId, accessLevel: "OWNER" });
});

async function create(type: "workspace"): Promise<Resource> {
  const made = await createResource(owner, { type, applicationId: application.id, name: randomUUID() });
  if (!made.ok) throw new Error(made.detail);
  return { type, id: made.value.id };
}

const name = randomUUID();
const token = foreignToken();

/** Changes of which only one of two simultaneous ones (`at` 0 and 1) can succeed. */
const asked: Readonly<Record<string, (at: 0 | 1) => Promise<Result<unknown>>>> = {
  "saving a view": () => saveKeyView(owner, { name, query: "status=revoked" }),
  "renaming views to one name": (at) => renameKeyView(owner, { viewId: views[at], name: `${name} two` }),
  "creating a role": () =>
    createRole(owner, {
      roleId: "at_once",
      title: name,
      description: "",
      permissions: [],
      publishable: false,
    }),
  "creating an application": () => createResource(owner, { type: "application", applicationId: null, name }),
  "creating a workspace": () =>
    createResource(owner, { type: "workspace", applicationId: application.id, name }),
  "creating a user group": () => createResource(owner, { type: "usergroup", applicationId: null, name }),
  "renaming workspaces to one name": (at) =>
    renameResource(owner, { resource: workspaces[at] ?? application, name: `${name} two` }),
  "giving access": () =>
    giveGrant(owner, { resource: application, userId: organization.userIds.MEMBER, accessLevel: "MEMBER" }),
};

const views: [string, string] = ["", ""];
beforeAll(async () => {
  for (const at of [0, 1] as const) views[at] = await createTestView(organization.id, owner.actor.userId);
});

test.each(Object.entries(asked))("%s twice at once is a conflict for one of the two", async (_, ask) => {
  const results = await Promise.all([ask(0), ask(1)]);
  expect(results.map((result) => (result.ok ? "done" : result.code)).sort()).toEqual(["conflict", "done"]);
});

test("inviting a person or importing a token twice at once succeeds or is refused, never an internal error", async () => {
  const invite = () => inviteMember(owner, { email: `${name}@example.com`, accessLevel: "MEMBER" });
  const bring = async () => success(await importTestKeys(organization, [token]));
  for (const ask of [invite, bring]) {
    const results = await Promise.all(
      [ask(), ask()].map((done) => done.catch((error: Error) => error.message)),
    );
    for (const result of results) expect(JSON.stringify(result)).not.toContain("Unique constraint");
  }
});
