import { beforeAll, describe, expect, test } from "vitest";
import { basicOf, postForm } from "@/e2e/support/api/oauth-client";
import { provideTestApi } from "@/e2e/support/api/test-api";
import { foreignToken, sha256Of } from "@/e2e/support/data/import-test-keys";
import type { TestKey } from "@/e2e/support/data/test-key";
import { createTestKey, pauseTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization } from "@/e2e/support/data/test-organization";
import { createTestResources, giveTestGrant } from "@/e2e/support/data/test-resources";
import { effectivePermissions } from "@/lib/core/access/effective-permissions";
import type { Namespace } from "@/lib/core/access/namespace";
import type { CredentialBounds, CredentialReach } from "@/lib/core/keys/credential-bounds";
import { excessOf } from "@/lib/core/keys/credential-bounds";
import { effectiveEnd } from "@/lib/core/keys/effective-end";
import { formatKeyId } from "@/lib/core/keys/key-id";
import { database } from "@/lib/db/client";
import type { NewKey } from "@/lib/services/keys/insert-key";
import { loadKeySnapshot } from "@/lib/verify/memory/key-snapshot";
import { operations } from "../all-operations";

// Tests that a key which a credential creates, or whose token it gets, never exceeds that credential.

/** What each operation can create. A missing operation fails the test. */
const leaves: Readonly<
  Record<string, "a key" | "a token of a key" | "a wider key" | "a link" | "tokens" | "nothing">
> = {
  createKey: "a key",
  rollKey: "a token of a key",
  updateKey: "a wider key",
  resumeKey: "a wider key",
  importKeys: "a key",
  createUser: "a link",
  createInvitation: "a link",
  issueToken: "tokens",
  // These only end something.
  pauseKey: "nothing",
  revokeKey: "nothing",
  deleteKey: "nothing",
  endGrace: "nothing",
  deleteUser: "nothing",
  revokeToken: "nothing",
  reportGithubLeaks: "nothing",
  reportLeak: "nothing",
  // A person with a level below the caller's: users.db.test.ts. Resources in the namespace:
  // namespace-matrix.db.test.ts.
  // A role gives no permission that the caller lacks: access/roles.db.test.ts.
  ...named("create", ["Role"]),
  ...named("update", ["Role"]),
  ...named("delete", ["Role"]),
  ...named("read", ["Role", "AppDeletion", "WorkspaceDeletion", "UserGroupDeletion"]),
  ...named("list", ["Roles", "Invitations"]),
  ...named("read", ["Invitation", "RevocationReceipt"]),
  ...named("delete", ["Invitation"]),
  previewRole: "nothing",
  // Webhook messages contain no credential.
  ...named("", ["createWebhook", "updateWebhook", "deleteWebhook", "rotateWebhookSecret", "testWebhook"]),
  ...named("", ["listWebhooks", "readWebhook", "listWebhookDeliveries", "readWebhookDelivery"]),
  retryWebhookDelivery: "nothing",
  // A transferred key stays within the caller's bounds: access/remove-user.db.test.ts.
  removeUser: "nothing",
  listAffectedKeysOfUser: "nothing",
  // Levels below the caller's: access/grants.db.test.ts.
  ...Object.assign(
    {},
    ...["App", "Workspace", "UserGroup"].flatMap((kind) => [
      ...["create", "read", "update", "delete", "remove"].map((verb) => named(verb, [`${kind}Grant`])),
      named("list", [`${kind}Grants`, `KeysAffectedBy${kind}Grant`]),
    ]),
  ),
  ...named("update", ["User", "Organization", "App", "Workspace", "UserGroup"]),
  ...named("create", ["Organization", "App", "Workspace", "UserGroup"]),
  ...named("delete", ["Organization", "App", "Workspace", "UserGroup"]),
  // These only read, within the namespace and the permissions: api-matrix and namespace-matrix.db.test.ts.
  ...named("list", ["Keys", "Users", "Organizations", "AuditEvents", "Apps", "Workspaces", "UserGroups"]),
  ...named("read", ["Key", "KeyUsage", "User", "Organization", "App", "Workspace", "UserGroup", "Me"]),
  ...named("read", [
    "AuditCheckpoint",
    "AuthorizationServerMetadata",
    "Description",
    "Health",
    "KeySet",
    "Metrics",
    "Readiness",
  ]),
  // These need the token itself, whose holder reads the same at /v1/me.
  ...named("verify", ["Key", "Keys"]),
  introspectToken: "nothing",
  forwardAuth: "nothing",
  authRequest: "nothing",
};

function named(verb: string, what: readonly string[]): Record<string, "nothing"> {
  return Object.fromEntries(what.map((each) => [verb + each, "nothing" as const]));
}

const api = provideTestApi();
let organization: TestOrganization;
let application: Namespace;
beforeAll(async () => {
  organization = await createTestOrganization("Bounds");
  // Otherwise an admin cannot create keys, and neither can a token for one.
  await database().organization.update({ where: { id: organization.id }, data: { keyCreators: "ADMIN" } });
  ({ application } = await createTestResources(organization));
  await giveTestGrant(organization, organization.userIds.OWNER, application as never, "OWNER");
  await giveTestGrant(organization, organization.userIds.ADMIN, application as never, "OWNER");
});

const inAnHour = () => new Date(Date.now() + 60 * 60 * 1000);
const loopback = ["127.0.0.0/8"];

type Bound = Partial<NewKey> & { readonly roles: readonly string[] };
const bounds: Readonly<Record<string, () => Bound>> = {
  "without any": () => ({ roles: ["full_access"] }),
  "of an hour": () => ({ roles: ["full_access"], expiresAt: inAnHour() }),
  "of some addresses": () => ({ roles: ["full_access"], allowedAddresses: loopback }),
  "of a rate": () => ({ roles: ["full_access"], rateLimit: { requests: 5000, seconds: 60 } }),
  "of few permissions": () => ({ roles: ["key_manager", "token_issuer"] }),
};
const kinds = ["key", "access token", "token for a user"] as const;

type Caller = { readonly key: TestKey; readonly token: string; readonly most: CredentialBounds };

async function caller(kind: (typeof kinds)[number], bound: Bound, namespace: Namespace): Promise<Caller> {
  const accessLevel = kind === "token for a user" ? "ADMIN" : "OWNER";
  const key = await createTestKey(organization, { ...bound, namespace, accessLevel });
  const { expiresAt = null, allowedAddresses = [], rateLimit = null, roles } = bound;
  const limits = { allowedAddresses, rateLimit, ownExpiresAt: expiresAt };
  const held = async (token: string) => (await api.call("/v1/me", token)).json.permissions as string[];
  if (kind === "key") {
    const hasFullAccess = roles.includes("full_access");
    const most = { ...limits, endsAt: expiresAt, hasFullAccess, permissions: await held(key.token) };
    return { key, token: key.token, most };
  }
  const user: Record<string, string> = kind === "access token" ? {} : { user: organization.userIds.ADMIN };
  const { json } = await postForm(api, "token", { grant_type: "client_credentials", ...user }, basicOf(key));
  const token: string = json.access_token;
  const family = await database().tokenFamily.findFirstOrThrow({ where: { keyId: key.id } });
  const most = {
    ...limits,
    ...{ endsAt: family.expiresAt, ownExpiresAt: family.expiresAt },
    hasFullAccess: false,
    permissions: await held(token),
  };
  return { key, token, most };
}

/** The reach of the key as it is now. */
async function reach(keyId: string): Promise<CredentialReach> {
  const key = await loadKeySnapshot(keyId);
  if (key === null) throw new Error("There is no such key");
  const { allowedAddresses, rateLimit, effective, expiresAt: ownExpiresAt } = key;
  return {
    permissions: (effective ?? effectivePermissions(key)).permissions,
    endsAt: effectiveEnd(key),
    ownExpiresAt,
    allowedAddresses,
    rateLimit,
  };
}

const wanted = [
  {},
  { roles: ["full_access"] },
  { expires_at: new Date(Date.now() + 50 * 60 * 1000).toISOString() },
  { expires_at: new Date(Date.now() + 50 * 60 * 1000).toISOString(), roles: ["full_access"] },
  { expires_at: new Date(Date.now() + 50 * 60 * 1000).toISOString(), roles: ["token_issuer"] },
  { allowed_addresses: [] },
  { allowed_addresses: ["127.0.0.1/32", "192.0.2.0/24"] },
  { rate_limit: null },
  { rate_limit: { requests: 6000, seconds: 60 } },
];

test("each operation is tested here", () => {
  const missing = operations.map(({ operationId }) => operationId).filter((id) => leaves[id] === undefined);
  expect(missing).toEqual([]);
});

describe.each(kinds)("a %s", (kind) => {
  test.each(Object.keys(bounds))("with bounds %s creates and gets nothing beyond them", async (name) => {
    const bound = bounds[name]?.() ?? { roles: [] };
    const outcomes = new Set<number>();
    const own = { type: "organization", id: organization.id } as const;
    for (const namespace of name === "without any" ? [own, application] : [own]) {
      const { key, token, most } = await caller(kind, bound, namespace);
      for (const [index, over] of wanted.entries()) {
        const body = {
          name: `Made ${index}`,
          access_level: "MEMBER",
          roles: ["read_only"],
          namespace,
          ...over,
        };
        const { status, json } = await api.send("POST", "/v1/keys", token, body);
        outcomes.add(status);
        // An import takes the same input, and is refused like a creation.
        const keys = [{ ...body, sha256: sha256Of(foreignToken()) }];
        const imported = await api.send("POST", "/v1/keys/import", token, { keys });
        expect(imported.status).toBe(status);
        for (const made of status === 201 ? [json, imported.json.data[0]] : []) {
          expect(excessOf(await reach(made.id.slice(4)), most)).toBeNull();
          expect(made).toMatchObject({ namespace, created_by_key_id: formatKeyId(key.id) });
        }
      }
      // A target for each bound: lower in level, but unlike the caller in one way.
      for (const other of Object.values(bounds)) {
        const victim = await createTestKey(organization, { ...other(), namespace, accessLevel: "MEMBER" });
        const before = await reach(victim.id);
        const rolled = await api.send("POST", `/v1/keys/${formatKeyId(victim.id)}/roll`, token, {});
        outcomes.add(rolled.status);
        // A token only gets the secrets of keys that end with it; here there are none.
        if (rolled.status === 200) expect([kind, excessOf(before, most)]).toEqual(["key", null]);
        await pauseTestKey(victim.id);
        const resumed = await api.send("POST", `/v1/keys/${formatKeyId(victim.id)}/resume`, token, {});
        outcomes.add(resumed.status);
        // A resumed key regains all its permissions, which must not exceed the caller's.
        if (resumed.status === 200) expect([kind, excessOf(before, most)]).toEqual(["key", null]);
        for (const over of [{ roles: ["full_access"] }, { allowed_addresses: [] }, { rate_limit: null }]) {
          const changed = await api.send("PATCH", `/v1/keys/${formatKeyId(victim.id)}`, token, over);
          const after = await reach(victim.id);
          if (changed.status !== 200) expect(after).toEqual(before);
          else if (excessOf(after, { ...before, hasFullAccess: false }) !== null) {
            expect([kind, excessOf(after, most)]).toEqual(["key", null]);
          }
        }
      }
    }
    // The test proves nothing if everything was refused, or nothing.
    expect(outcomes).toContain(201);
    if (kind !== "key" || name !== "without any")
      expect([...outcomes].some((status) => status >= 400)).toBe(true);
  });
});

test("a link created by a short-lived key ends with it", async () => {
  const expiresAt = inAnHour();
  const { token } = await createTestKey(organization, { roles: ["user_manager"], expiresAt });
  const { json } = await api.send("POST", "/v1/users", token, {
    email: "short@example.com",
    name: "Short",
    access_level: "MEMBER",
  });
  expect(json).toMatchObject({ status: "created" });
  const link = await database().passwordLink.findFirstOrThrow({ where: { userId: json.user.id } });
  expect(link.expiresAt).toEqual(expiresAt);
  const invited = await api.send("POST", "/v1/invitations", token, {
    email: "invited@example.com",
    access_level: "MEMBER",
  });
  expect(invited.json).toMatchObject({ expires_at: expiresAt.toISOString() });
});
