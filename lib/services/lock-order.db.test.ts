import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Member } from "@/e2e/permission-matrix/matrix-world";
import { MatrixWorld } from "@/e2e/permission-matrix/matrix-world";
import { foreignToken, importTestKeys } from "@/e2e/support/data/import-test-keys";
import { keyInput } from "@/e2e/support/data/key-input";
import { createTestKey } from "@/e2e/support/data/test-key";
import { createTestOrganization } from "@/e2e/support/data/test-organization";
import { countDeadlocks } from "@/e2e/support/database/count-deadlocks";
import { testDatabaseKind } from "@/e2e/support/database/installation";
import { openTestDatabase } from "@/e2e/support/database/test-database";
import { accessLevels } from "@/lib/core/access/access-level";
import type { Namespace } from "@/lib/core/access/namespace";
import { builtInPermissions } from "@/lib/core/access/permission";
import type { Resource } from "@/lib/core/access/resource";
import type { ErrorCode } from "@/lib/core/error";
import type { Result } from "@/lib/core/result";
import { success } from "@/lib/core/result";
import { database, inTransaction } from "@/lib/db/client";
import type { Env } from "@/lib/env";
import type { BulkChange } from "@/lib/schemas/bulk/bulk-keys";
import type { ActingContext, KeyContext } from "./access/key-context";
import { actsFor } from "./access/key-context";
import { verifyAuditChains } from "./audit/verify-audit-chains";
import { changeGrant } from "./grants/change-grant";
import { giveGrant } from "./grants/give-grant";
import { takeGrant } from "./grants/take-grant";
import { inviteMember } from "./invitations/invite-member";
import { revokeInvitation } from "./invitations/revoke-invitation";
import { seenOf } from "./keys/bulk/bulk-key";
import { changeKeys } from "./keys/bulk/change-keys";
import { deleteKey } from "./keys/delete-key";
import { generateKey } from "./keys/generate-key";
import { pauseKey, resumeKey } from "./keys/pause-key";
import { revokeKey } from "./keys/revoke-key";
import { rollKey } from "./keys/roll-key";
import { updateKey } from "./keys/update-key";
import { reportLeaks } from "./leaks/report-leaks";
import { changeAccessLevel } from "./members/change-access-level";
import { removeMember } from "./members/remove-member";
import { updateOrganization } from "./organizations/update-organization";
import { createResource } from "./resources/create-resource";
import { deleteResource } from "./resources/delete-resource";
import { renameResource } from "./resources/rename-resource";
import { createRole } from "./roles/create-role";
import { deleteRole } from "./roles/delete-role";
import { updateRole } from "./roles/update-role";
import { endSession } from "./sessions/end-session";
import { startSession } from "./sessions/start-session";

let close: () => Promise<void>;
let env: Env;
let world: MatrixWorld;
let people: Member[];
beforeAll(async () => {
  ({ env, close } = await openTestDatabase());
  world = await MatrixWorld.create(await createTestOrganization("Elsewhere"));
  const data = { keyCreators: "MEMBER" } as const;
  await database().organization.update({ where: { id: world.organization.id }, data });
  const levels = ["OWNER", "OWNER", "OWNER", "OWNER", "ADMIN", "ADMIN", "MEMBER", "MEMBER"] as const;
  people = await Promise.all(levels.map((level) => world.member(level)));
});
afterAll(() => close());

function anyOf<T>(choices: readonly T[]): T {
  const chosen = choices[Math.floor(Math.random() * choices.length)];
  if (chosen === undefined) throw new Error("There is nothing to choose from");
  return chosen;
}

/** The current targets; some may be gone by the time a step runs. */
const keys: string[] = [randomUUID().replaceAll("-", "").slice(0, 16)];
const tokens: string[] = [];
const sessions: string[] = [randomUUID()];
const invitations: string[] = [randomUUID()];
const resources: Resource[] = [{ type: "application", id: randomUUID() }];

/** Live OWNER keys that were admitted with every permission; some may have ended. */
const programs: KeyContext["actor"][] = [];
const roleIds = ["role_a", "role_b"];

const person = () => anyOf(people).context;
const somebody = (): ActingContext => (Math.random() < 0.6 ? person() : program());

function program(): KeyContext {
  const { organization, origin } = person();
  const actor = anyOf(programs.slice(-12));
  return { organization, actor, level: "OWNER", origin: { ...origin, at: new Date() } };
}

async function addProgram(creatorId: string, namespace: Namespace): Promise<void> {
  const { id: keyId } = await createTestKey(world.organization, { creatorId, namespace });
  const { id: secretId } = await database().apiKeySecret.findFirstOrThrow({ where: { keyId } });
  const key = { keyId, secretId, name: "A program", type: "secret", creatorId, namespace } as const;
  const unbound = { expiresAt: null, onBehalfOf: null, byAccessToken: false, token: null, family: null };
  programs.push({ kind: "key", ...key, ...unbound, permissions: builtInPermissions });
  keys.push(keyId);
}
const named = () => ({ userId: anyOf(people).userId, accessLevel: anyOf(accessLevels) });
const resource = () => anyOf(resources.slice(-4));
const keyId = () => anyOf(keys.slice(-6));
/** Half of the time, transfers a key with the change, if the person still has it. */
const transfers = () => (Math.random() < 0.5 ? [] : [{ keyId: keyId(), toUserId: anyOf(people).userId }]);
const name = () => randomUUID();

async function generate(namespace: Parameters<typeof keyInput>[1]): Promise<Result<unknown>> {
  const made = await generateKey(somebody(), keyInput(world.organization, namespace));
  if (made.ok) {
    keys.push(made.value.id);
    tokens.push(made.value.token);
  }
  return made;
}

async function leak(): Promise<Result<unknown>> {
  const found = tokens.slice(-3).map((token) => ({ token, url: "", source: "" }));
  return success(await reportLeaks(found, "A scanner", somebody().origin));
}

async function create(type: Resource["type"], applicationId: string | null): Promise<Result<unknown>> {
  const context = somebody();
  const made = await createResource(context, { type, applicationId, name: name() });
  if (!made.ok) return made;
  const resource = { type, id: made.value.id };
  resources.push(resource);
  // The resource or the key's creator may be gone already.
  await addProgram(actsFor(context.actor), resource).catch(() => undefined);
  return made;
}

/** Changes up to six keys based on their current state, which may differ by the time the step locks them. */
async function changeMany(change: BulkChange): Promise<Result<unknown>> {
  const found = await database().apiKey.findMany({ where: { id: { in: keys.slice(-6) } } });
  if (found.length === 0) return success(null);
  return changeKeys(person(), { change, keys: found.map((key) => ({ id: key.id, seen: seenOf(key) })) });
}

const role = () => ({ roleId: anyOf(roleIds), title: name(), description: "", publishable: false });
const permissions = () => (Math.random() < 0.5 ? ["keys:read"] : ["keys:read", "audit:read"]);

async function invite(): Promise<Result<unknown>> {
  const made = await inviteMember(somebody(), { email: `${name()}@example.com`, accessLevel: "MEMBER" });
  if (made.ok) invitations.push(made.value.id);
  return made;
}

const acts: (() => Promise<Result<unknown>>)[] = [
  () => generate({}),
  () => generate({ roles: [anyOf(roleIds)] }),
  () => createRole(somebody(), { ...role(), permissions: permissions() }),
  () => updateRole(somebody(), { roleId: anyOf(roleIds), permissions: permissions() }),
  () => updateRole(program(), { roleId: anyOf(roleIds), permissions: permissions() }),
  () => deleteRole(somebody(), { roleId: anyOf(roleIds) }),
  () => updateKey(somebody(), { keyId: keyId(), roles: [anyOf(roleIds)] }),
  invite,
  () => revokeInvitation(somebody(), { invitationId: anyOf(invitations.slice(-4)) }),
  () => generate({ namespace: resource() }),
  () => generate({ namespace: resource() }),
  async () => success(await importTestKeys(world.organization, [foreignToken()])),
  () => rollKey(somebody(), { keyId: keyId(), graceSeconds: 60, version: 1 }),
  () => updateKey(somebody(), { keyId: keyId(), name: name(), description: "" }),
  () => pauseKey(somebody(), { keyId: keyId() }),
  () => resumeKey(somebody(), { keyId: keyId() }),
  () => revokeKey(somebody(), { keyId: keyId() }),
  () => deleteKey(somebody(), { keyId: keyId() }),
  () => changeMany({ verb: anyOf(["pause", "revoke", "delete"] as const) }),
  () => changeMany({ verb: "transfer", toUserId: anyOf(people).userId }),
  () => changeMany({ verb: "addRole", role: anyOf(roleIds) }),
  leak,
  () => changeAccessLevel(somebody(), { ...named(), transfers: transfers() }),
  () => removeMember(somebody(), { userId: named().userId, transfers: transfers() }),
  () => updateOrganization(somebody(), { name: name(), keyCreators: "MEMBER" }),
  () => create("application", null),
  () => create("workspace", resource().id),
  () => renameResource(somebody(), { resource: resource(), name: name() }),
  () => deleteResource(somebody(), { resource: resource(), keyTotal: 100 }),
  () => giveGrant(somebody(), { resource: resource(), ...named() }),
  () => giveGrant(somebody(), { resource: resource(), ...named() }),
  () => changeGrant(somebody(), { resource: resource(), ...named(), transfers: transfers() }),
  () => takeGrant(somebody(), { resource: resource(), userId: named().userId, transfers: transfers() }),
  begin,
  begin,
  async () => success(await endSession(anyOf(sessions), somebody().origin)),
];

/** Signs a person in as the verb does after a correct password. */
async function begin(): Promise<Result<unknown>> {
  const { userId } = anyOf(people);
  const sessionId = await inTransaction(async (transaction) => {
    await transaction.$queryRaw`SELECT 1 FROM users WHERE id = ${userId}::uuid FOR SHARE`;
    return startSession(transaction, userId, somebody().origin);
  });
  sessions.push(sessionId);
  return success(null);
}

/** Removed people come back, so that there is always somebody to remove. */
async function rejoin(): Promise<void> {
  const organizationId = world.organization.id;
  const data = people.map(({ userId }) => ({ organizationId, userId, accessLevel: anyOf(accessLevels) }));
  await database().member.createMany({ data, skipDuplicates: true });
  const { userId } = anyOf(people);
  await addProgram(userId, { type: "organization", id: organizationId });
}

const rounds = testDatabaseKind() === "postgres" ? 100 : 12;
const expected: ErrorCode[] = [
  "forbidden",
  "not_found",
  "conflict",
  "invalid_request",
  "key_revoked",
  "key_paused",
  "key_rolled",
  "rate_limited",
];

test("[P9, B1, L7] whatever sixteen actors do at once, nothing deadlocks, and the result is consistent", {
  timeout: 240_000,
}, async () => {
  const done = { ok: 0, refused: 0 };
  for (let round = 0; round < rounds; round++) {
    await rejoin();
    const results = await Promise.all(Array.from({ length: 16 }, () => anyOf(acts)()));
    for (const result of results) {
      done[result.ok ? "ok" : "refused"]++;
      if (!result.ok) expect(expected).toContain(result.code);
    }
  }
  expect(done.ok).toBeGreaterThan(rounds);
  expect(done.refused).toBeGreaterThan(0);
  expect(await countDeadlocks(env)).toBe(0);

  const organizationId = world.organization.id;
  expect(await database().member.count({ where: { organizationId, accessLevel: "OWNER" } })).toBeGreaterThan(
    0,
  );
  const [orphans] = await database().$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM api_keys k WHERE k.revoked_at IS NULL AND NOT EXISTS (
      SELECT 1 FROM members m WHERE m.organization_id = k.organization_id AND m.user_id = k.creator_id
        AND (k.namespace_type = 'organization' OR EXISTS (
          SELECT 1 FROM grants g WHERE g.user_id = k.creator_id AND (g.application_id = k.application_id
            OR g.workspace_id = k.workspace_id OR g.user_group_id = k.user_group_id))))`;
  expect(orphans?.count).toBe(0);
  expect((await verifyAuditChains()).filter(({ fault }) => fault !== null)).toEqual([]);
});
