import { beforeEach, expect, test } from "vitest";
import { createTestKey, endTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization, value } from "@/e2e/support/data/test-organization";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import { database } from "@/lib/db/client";
import type { MemberContext } from "@/lib/services/access/context";
import { judgeToken } from "@/lib/verify/verdict/judge-token";
import { createRole } from "./create-role";
import { previewRoleChange } from "./preview-role-change";
import { updateRole } from "./update-role";

let organization: TestOrganization;
let owner: MemberContext;

const content = {
  title: "Viewer",
  description: "",
  permissions: ["audit:read", "intelligence:read"],
  publishable: false,
};
const roles = ["ic_viewer"];

provideTestDatabase();
beforeEach(async () => {
  organization = await createTestOrganization("Preview");
  owner = await organization.as("OWNER");
  value(await createRole(owner, { roleId: "ic_viewer", ...content }));
});

const preview = async (permissions: string[], publishable = false) =>
  value(await previewRoleChange(owner, { roleId: "ic_viewer", permissions, publishable }));

test("[S5] shows which keys gain and lose what, by name, and leaves out unchanged ones", async () => {
  await createTestKey(organization, { name: "B owner", roles });
  await createTestKey(organization, { name: "A member", roles, accessLevel: "MEMBER" });
  await createTestKey(organization, { name: "C both", roles: ["auditor", ...roles] });
  await createTestKey(organization, { name: "D public", roles, type: "public" });
  await createTestKey(organization, { name: "No such role", roles: ["full_access"] });

  const result = await preview(["intelligence:read", "intelligence:write"]);
  expect(result).toMatchObject({ liveKeys: 4, changed: 3 });
  expect(result.keys.map(({ name, gains, losses }) => ({ name, gains, losses }))).toEqual([
    { name: "A member", gains: ["intelligence:write"], losses: [] },
    { name: "B owner", gains: ["intelligence:write"], losses: ["audit:read"] },
    { name: "C both", gains: ["intelligence:write"], losses: [] },
  ]);
  expect((await preview(content.permissions, true)).keys).toMatchObject([
    { name: "D public", gains: ["intelligence:read"], losses: [] },
  ]);
  expect(await preview(content.permissions)).toMatchObject({ liveKeys: 4, changed: 0, keys: [] });
});

test("[S5] uses the creator's current level in each key's own namespace", async () => {
  const organizationId = organization.id;
  const application = await database().application.create({ data: { organizationId, name: "App" } });
  const workspace = await database().workspace.create({
    data: { organizationId, name: "Workspace", applicationId: application.id },
  });
  const { OWNER, ADMIN } = organization.userIds;
  const grants = [
    { userId: OWNER, applicationId: application.id, accessLevel: "MEMBER" },
    { userId: ADMIN, workspaceId: workspace.id, accessLevel: "ADMIN" },
  ] as const;
  for (const grant of grants) await database().grant.create({ data: { organizationId, ...grant } });

  const all = { roles, accessLevel: "OWNER" } as const;
  const inApplication = { type: "application", id: application.id } as const;
  const inWorkspace = { type: "workspace", id: workspace.id } as const;
  await createTestKey(organization, { ...all, name: "application", namespace: inApplication });
  await createTestKey(organization, { ...all, name: "workspace", namespace: inWorkspace, creator: "ADMIN" });
  // audit:read needs ADMIN, so the creator's MEMBER grant in the application does not hold it.
  expect((await preview(["workspaces:read"])).keys).toMatchObject([
    { name: "application", gains: ["workspaces:read"], losses: ["intelligence:read"] },
    { name: "workspace", gains: ["workspaces:read"], losses: ["audit:read", "intelligence:read"] },
  ]);
});

test("[S5] does not count revoked, deleted or expired keys, or another organization's", async () => {
  const past = new Date("2026-02-01T00:00:00.000Z");
  await endTestKey(await createTestKey(organization, { roles }), { revokedAt: past });
  await endTestKey(await createTestKey(organization, { roles }), { revokedAt: past, deletedAt: past });
  await createTestKey(organization, { roles, expiresAt: owner.origin.at });
  const stranger = await createTestOrganization("Other");
  value(await createRole(await stranger.as("OWNER"), { roleId: "ic_viewer", ...content }));
  await createTestKey(stranger, { roles });
  expect(await preview(["intelligence:write"])).toMatchObject({ liveKeys: 0, changed: 0, keys: [] });
});

test("[S5] names 20 keys and counts all of them", async () => {
  for (let count = 0; count < 23; count++) await createTestKey(organization, { roles, name: `Key ${count}` });
  const result = await preview(["intelligence:write"]);
  expect(result).toMatchObject({ liveKeys: 23, changed: 23 });
  expect(result.keys).toHaveLength(20);
});

test("[S5] [L4] the preview matches later verifications", async () => {
  const keys = [
    await createTestKey(organization, { name: "A", roles, accessLevel: "MEMBER" }),
    await createTestKey(organization, { name: "B", roles: ["read_only", ...roles] }),
    await createTestKey(organization, { name: "C", roles, type: "public" }),
  ];
  const held = async (token: string): Promise<readonly string[]> => {
    const verdict = await judgeToken(token, {}, new Date());
    return "permissions" in verdict ? verdict.permissions : [];
  };
  const before = await Promise.all(keys.map(({ token }) => held(token)));
  const next = { ...content, permissions: ["intelligence:read", "keys:revoke"], publishable: true };
  const said = await preview(next.permissions, next.publishable);
  value(await updateRole(owner, { roleId: "ic_viewer", ...next, seen: content }));
  for (const [index, key] of keys.entries()) {
    const change = said.keys.find(({ id }) => id === key.id) ?? { gains: [], losses: [] as string[] };
    const kept = (before[index] ?? []).filter((permission) => !change.losses.includes(permission));
    expect([...kept, ...change.gains].sort()).toEqual(await held(key.token));
  }
});
