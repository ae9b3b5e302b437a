import { randomUUID } from "node:crypto";
import { beforeAll, beforeEach, expect, test, vi } from "vitest";
import { actionFiles } from "@/e2e/permission-matrix/action-files";
import { inBrowserOf, outcomeOfForm } from "@/e2e/permission-matrix/doors";
import type { Person } from "@/e2e/permission-matrix/matrix-world";
import { MatrixWorld } from "@/e2e/permission-matrix/matrix-world";
import { cheapHash } from "@/e2e/support/data/cheap-hash";
import { keyInput } from "@/e2e/support/data/key-input";
import { startGrace } from "@/e2e/support/data/start-grace";
import { createTestKey, pauseTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization, value } from "@/e2e/support/data/test-organization";
import { createTestResources } from "@/e2e/support/data/test-resources";
import { createTestView } from "@/e2e/support/data/test-view";
import { webhookSubmissions } from "@/e2e/support/data/webhook-submissions";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import type { Resource } from "@/lib/core/access/resource";
import type { Result } from "@/lib/core/result";
import { database } from "@/lib/db/client";
import { inviteMember } from "@/lib/services/invitations/invite-member";
import { seenOf } from "@/lib/services/keys/bulk/bulk-key";
import * as account from "./account";
import * as bulkKeys from "./bulk-keys";
import { freshForm } from "./form-state";
import * as grants from "./grants";
import * as invitation from "./invitation";
import * as keyViews from "./key-views";
import * as keys from "./keys";
import * as members from "./members";
import * as organizations from "./organization";
import * as resources from "./resources";
import * as roles from "./roles";

vi.mock("next/headers", () => import("@/e2e/permission-matrix/next-request"));
vi.mock("next/cache", () => import("@/e2e/permission-matrix/next-request"));
let elsewhere: TestOrganization;
let acme: TestOrganization;
let owner: Person;
provideTestDatabase();
beforeAll(async () => {
  elsewhere = await createTestOrganization("Elsewhere");
});
beforeEach(async () => {
  const world = await MatrixWorld.create(elsewhere);
  acme = world.organization;
  owner = await world.member("OWNER");
});
type Send = (requestId: string) => Promise<Result<unknown>>;
const version = 1;
const role = { roleId: "analyst", title: "Analyst", description: "", publishable: false };
const content = { ...role, permissions: ["intelligence:read"] };
const seen = { title: "Analyst", description: "", publishable: false, permissions: ["intelligence:read"] };
const aKey = async () => (await createTestKey(acme)).id;
const aRole = () => database().role.create({ data: { organizationId: acme.id, ...content } });
const aResource = async (): Promise<Resource> => (await createTestResources(acme)).application;
const aMember = () => acme.userIds.MEMBER;
async function aGrant(): Promise<Resource> {
  const resource = await aResource();
  const data = { organizationId: acme.id, userId: aMember(), applicationId: resource.id };
  await database().grant.create({ data: { ...data, accessLevel: "ADMIN" } });
  return resource;
}
const anInvitation = async (email: string) =>
  value(await inviteMember(await acme.as("OWNER"), { email, accessLevel: "MEMBER" }));

function form(requestId: string, fields: Record<string, string>): FormData {
  const data = new FormData();
  for (const [field, text] of Object.entries({ ...fields, requestId })) data.set(field, text);
  return data;
}

const to =
  <Made>(make: () => Promise<Made>) =>
  (send: (made: Made, requestId: string) => ReturnType<Send>) =>
  async () => {
    const made = await make();
    return (requestId: string) => send(made, requestId);
  };
const toAKey = to(aKey);
const toARole = to(aRole);
const toAView = to(() => createTestView(acme.id, owner.userId));
const toAResource = to(aResource);
const toAGrant = to(aGrant);

/** Creates what the action needs, and returns a function that sends it. */
const writes: Record<string, () => Promise<Send>> = {
  generateKey: async () => (id) => keys.generateKey(acme.slug, keyInput(acme), id),
  updateKey: async () => {
    const keyId = await aKey();
    return (id) => keys.updateKey(acme.slug, { keyId, version, name: "New" }, id);
  },
  rollKey: toAKey((keyId, id) => keys.rollKey(acme.slug, { keyId, version }, id)),
  endGrace: async () => {
    const keyId = await aKey();
    await startGrace(keyId);
    return (id) => keys.endGrace(acme.slug, { keyId, version }, id);
  },
  pauseKey: toAKey((keyId, id) => keys.pauseKey(acme.slug, { keyId }, id)),
  resumeKey: async () => {
    const keyId = await aKey();
    await pauseTestKey(keyId);
    return (id) => keys.resumeKey(acme.slug, { keyId }, id);
  },
  revokeKey: toAKey((keyId, id) => keys.revokeKey(acme.slug, { keyId }, id)),
  deleteKey: toAKey((keyId, id) => keys.deleteKey(acme.slug, { keyId }, id)),
  saveKeyView: async () => (id) => keyViews.saveKeyView(acme.slug, { name: "View", query: "" }, id),
  renameKeyView: toAView((viewId, id) => keyViews.renameKeyView(acme.slug, { viewId, name: "New" }, id)),
  deleteKeyView: toAView((viewId, id) => keyViews.deleteKeyView(acme.slug, { viewId }, id)),
  changeKeys: async () => {
    const key = await database().apiKey.findUniqueOrThrow({ where: { id: await aKey() } });
    const step = { change: { verb: "revoke" } as const, keys: [{ id: key.id, seen: seenOf(key) }] };
    return (id) => bulkKeys.changeKeys(acme.slug, step, id);
  },
  changeAccessLevel: async () => (id) =>
    members.changeAccessLevel(acme.slug, { userId: aMember(), accessLevel: "ADMIN" }, id),
  removeMember: async () => (id) => members.removeMember(acme.slug, { userId: aMember() }, id),
  inviteMember: async () => {
    const input = { email: `${randomUUID()}@example.com`, accessLevel: "MEMBER" } as const;
    return (id) => members.inviteMember(acme.slug, input, id);
  },
  revokeInvitation: async () => {
    await anInvitation(`${randomUUID()}@example.com`);
    const where = { organizationId: acme.id };
    const { id: invitationId } = await database().invitation.findFirstOrThrow({ where });
    return (id) => members.revokeInvitation(acme.slug, { invitationId }, id);
  },
  createRole: async () => (id) => roles.createRole(acme.slug, content, id),
  updateRole: toARole((_, id) => roles.updateRole(acme.slug, { ...content, title: "New", seen }, id)),
  deleteRole: toARole((_, id) => roles.deleteRole(acme.slug, { roleId: role.roleId, seen }, id)),
  createResource: async () => (id) =>
    resources.createResource(acme.slug, { type: "application", applicationId: null, name: "Shop" }, id),
  renameResource: toAResource((resource, id) =>
    resources.renameResource(acme.slug, { resource, name: "New" }, id),
  ),
  deleteResource: toAResource((resource, id) =>
    resources.deleteResource(acme.slug, { resource, keyTotal: 0 }, id),
  ),
  giveGrant: toAResource((resource, id) =>
    grants.giveGrant(acme.slug, { resource, userId: aMember(), accessLevel: "MEMBER" }, id),
  ),
  changeGrant: toAGrant((resource, id) =>
    grants.changeGrant(acme.slug, { resource, userId: aMember(), accessLevel: "MEMBER" }, id),
  ),
  takeGrant: toAGrant((resource, id) => grants.takeGrant(acme.slug, { resource, userId: aMember() }, id)),
  ...webhookSubmissions(() => acme),
  changeAuditRetention: async () => (id) =>
    organizations.changeAuditRetention(acme.slug, { days: 30, seen: null }, id),
  updateOrganization: async () => (id) =>
    outcomeOfForm(() =>
      organizations.updateOrganization(acme.slug, freshForm, form(id, { name: "New", keyCreators: "OWNER" })),
    ),
  acceptInvitation: async () => {
    owner = await (await MatrixWorld.create(elsewhere)).member("MEMBER");
    const { token } = await anInvitation(owner.email);
    return (id) =>
      outcomeOfForm(() => invitation.acceptInvitation(freshForm, form(id, { token: token ?? "" })));
  },
  changePassword: async () => {
    const passwordHash = await cheapHash("the old one, 4 words");
    await database().user.update({ where: { id: owner.userId }, data: { passwordHash } });
    const [currentPassword, newPassword] = ["the old one, 4 words", "violet kettle marches north"];
    const send = (id: string) =>
      account.changePassword(freshForm, form(id, { currentPassword, newPassword }));
    return (id) => outcomeOfForm(() => send(id));
  },
};

/** Actions without a submission id, and why a repetition is harmless. */
const harmless: Record<string, string> = {
  ...{ markNoticesRead: "marks what is marked", chooseNoticeMails: "sets the same choices" },
  updateProfile: "sets a name, which is the same the second time",
  createOrganization: "its form has a name of its own, which the organization's id is made of",
  acceptAsNew: "the link is used up; the account is there to be signed in to",
  setFirstPassword: "the link is used up; the password is set",
  requestPasswordReset: "mails one more link, within the budget of mails",
  resetPassword: "the link is used up; the password is set",
  reportLeakedKey: "ends what is ended",
  setUp: "the setup is over; the account is there to be signed in to",
  signIn: "starts one more session",
  ...{ signOut: "ends what is ended", confirmPassword: "confirms again" },
};

test("every action that writes is tested here, or says why it may be repeated", () => {
  const actions = actionFiles()
    .flatMap(({ text }) => [...text.matchAll(/^export [a-z ]+ (\w+)/gm)].map(([, name = ""]) => name))
    .filter((name) => !/^(read|list|preview)[A-Z]/.test(name));
  expect(actions.sort()).toEqual([...Object.keys(writes), ...Object.keys(harmless)].sort());
});

const entries = () => database().auditEntry.count();

test.each(Object.keys(writes))("%s, sent again, runs once and gets the same answer", async (name) => {
  const send = await writes[name]?.();
  if (send === undefined) throw new Error(name);
  const requestId = randomUUID();
  const ask = () => inBrowserOf(owner, () => send(requestId));
  const before = await entries();
  const first = value(await ask()) as object | null;
  const done = (await entries()) - before;
  expect(done).toBeGreaterThan(0);
  const again = value(await ask()) as object | null;
  expect(await entries()).toBe(before + done);
  if (first !== null && ("token" in first || "signingSecret" in first)) {
    expect(again).toMatchObject({ repeated: true });
    for (const field of ["token", "signingSecret"]) expect(again).not.toHaveProperty(field);
  } else expect(again).toEqual(first);
  // The stored answer is JSON, which would turn a Date or a Map into something else.
  expect(JSON.parse(JSON.stringify(again))).toEqual(again);
});

test("sent twice at once after a lost connection, is carried out once", async () => {
  const requestId = randomUUID();
  const ask = () =>
    inBrowserOf(owner, () => keys.generateKey(acme.slug, keyInput(acme, { name: "Once" }), requestId));
  const [one, two] = (await Promise.all([ask(), ask()])).map(value);
  expect([one, two].filter((answer) => answer !== undefined && "repeated" in answer)).toHaveLength(1);
  expect(await database().apiKey.count({ where: { organizationId: acme.id, name: "Once" } })).toBe(1);
});

test("refused, frees the id, and does not store a typed password", async () => {
  const requestId = randomUUID();
  const passwords = (currentPassword: string) =>
    form(requestId, { currentPassword, newPassword: "violet kettle marches north" });
  const passwordHash = await cheapHash("the old one, 4 words");
  await database().user.update({ where: { id: owner.userId }, data: { passwordHash } });
  const change = (current: string) =>
    inBrowserOf(owner, () => outcomeOfForm(() => account.changePassword(freshForm, passwords(current))));
  expect(await change("another one, 4 words")).toMatchObject({ ok: false });
  expect(await database().idempotentRequest.count({ where: { userId: owner.userId } })).toBe(0);
  value(await change("the old one, 4 words"));
  value(await change("whatever is typed now"));
});

test("an id used for one action does not answer another one with the same content", async () => {
  const keyId = await aKey();
  const requestId = randomUUID();
  value(await inBrowserOf(owner, () => keys.revokeKey(acme.slug, { keyId }, requestId)));
  const remove = (id: string) => inBrowserOf(owner, () => keys.deleteKey(acme.slug, { keyId }, id));
  expect(await remove(requestId)).toMatchObject({ ok: false, code: "conflict" });
  value(await remove(randomUUID()));
});

test("an invalid id is refused", async () => {
  const send = (id: unknown) =>
    inBrowserOf(owner, () => keys.generateKey(acme.slug, keyInput(acme), id as string));
  for (const id of ["", "short", "a".repeat(65), "with a blank in it", 7, null, {}]) {
    expect(await send(id)).toMatchObject({ ok: false, code: "invalid_request" });
  }
});
