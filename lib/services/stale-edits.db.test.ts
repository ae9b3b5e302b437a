import { beforeAll, expect, test } from "vitest";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization, value } from "@/e2e/support/data/test-organization";
import { createTestResources, giveTestGrant } from "@/e2e/support/data/test-resources";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import type { Result } from "@/lib/core/result";
import { database } from "@/lib/db/client";
import { changeGrant } from "@/lib/services/grants/change-grant";
import { changeAccessLevel } from "@/lib/services/members/change-access-level";
import { updateOrganization } from "@/lib/services/organizations/update-organization";
import { renameResource } from "@/lib/services/resources/rename-resource";
import { createRole } from "@/lib/services/roles/create-role";
import { updateRole } from "@/lib/services/roles/update-role";
import { updateProfile } from "@/lib/services/users/update-profile";

// Tests two people with the same form: the second save never undoes the first one's change. Keys, which have a version,
// are tested in keys/lost-roll.db.test.ts.

let acme: TestOrganization;
provideTestDatabase();
beforeAll(async () => {
  acme = await createTestOrganization("Edited");
});

const owner = () => acme.as("OWNER");

/** Saves a colleague's change and then the person's, both based on the same view. Returns both results. */
const edits: Record<string, () => Promise<{ theirs: Result<unknown>; mine: Result<unknown> }>> = {
  "an organization's name": async () => {
    const { name, keyCreators } = (await owner()).organization;
    const seen = { name, keyCreators };
    const save = async (to: string) => updateOrganization(await owner(), { ...seen, name: to, seen });
    return { theirs: await save("Theirs"), mine: await save("Mine") };
  },
  "a resource's name": async () => {
    const { application: resource } = await createTestResources(acme, "Shop");
    const seen = { name: "Shop" };
    const save = async (name: string) => renameResource(await owner(), { resource, name, seen });
    return { theirs: await save("Theirs"), mine: await save("Mine") };
  },
  "a member's level": async () => {
    const person = { userId: acme.userIds.MEMBER, transfers: [], seen: { accessLevel: "MEMBER" as const } };
    const theirs = await changeAccessLevel(await owner(), { ...person, accessLevel: "ADMIN" });
    return { theirs, mine: await changeAccessLevel(await owner(), { ...person, accessLevel: "OWNER" }) };
  },
  "a level in a resource": async () => {
    const { application: resource } = await createTestResources(acme, "Granted");
    const userId = acme.userIds.ADMIN;
    await giveTestGrant(acme, userId, resource, "MEMBER");
    const change = { resource, userId, transfers: [], seen: { accessLevel: "MEMBER" as const } };
    const theirs = await changeGrant(await owner(), { ...change, accessLevel: "ADMIN" });
    return { theirs, mine: await changeGrant(await owner(), { ...change, accessLevel: "OWNER" }) };
  },
  "a person's name": async () => {
    const { actor, origin } = await owner();
    const save = (name: string) => updateProfile(actor, { name, seen: { name: actor.name } }, origin);
    return { theirs: await save("In another tab"), mine: await save("In this tab") };
  },
  "a role": async () => {
    const seen = { title: "A", description: "", publishable: false, permissions: ["intelligence:read"] };
    value(await createRole(await owner(), { roleId: "edited", ...seen }));
    const save = async (title: string) =>
      updateRole(await owner(), { roleId: "edited", ...seen, title, seen });
    return { theirs: await save("Theirs"), mine: await save("Mine") };
  },
};

test.each(Object.keys(edits))(
  "%s that somebody else changed in the meantime is a conflict with the current value",
  async (name) => {
    const edit = edits[name];
    if (edit === undefined) throw new Error(name);
    const { theirs, mine } = await edit();
    value(theirs);
    expect(mine).toMatchObject({ ok: false, code: "conflict", current: expect.any(Object) });
  },
);

test("settings: changes of two owners are both kept if they are in different fields", async () => {
  const { name, keyCreators } = (await owner()).organization;
  const seen = { name, keyCreators };
  value(await updateOrganization(await owner(), { ...seen, name: "New name", seen }));
  value(await updateOrganization(await owner(), { ...seen, keyCreators: "ADMIN", seen }));
  const now = await database().organization.findUniqueOrThrow({ where: { id: acme.id } });
  expect(now).toMatchObject({ name: "New name", keyCreators: "ADMIN" });
});
