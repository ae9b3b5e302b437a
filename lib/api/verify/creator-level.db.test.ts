import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Member } from "@/e2e/permission-matrix/matrix-world";
import { MatrixWorld } from "@/e2e/permission-matrix/matrix-world";
import { newPlace, placeNames } from "@/e2e/permission-matrix/places";
import { provideTestApi } from "@/e2e/support/api/test-api";
import { createTestKey } from "@/e2e/support/data/test-key";
import { createTestOrganization, value } from "@/e2e/support/data/test-organization";
import type { AccessLevel } from "@/lib/core/access/access-level";
import type { Namespace } from "@/lib/core/access/namespace";
import type { Resource } from "@/lib/core/access/resource";
import { database } from "@/lib/db/client";
import { changeGrant } from "@/lib/services/grants/change-grant";
import { takeGrant } from "@/lib/services/grants/take-grant";
import { changeAccessLevel } from "@/lib/services/members/change-access-level";
import { removeMember } from "@/lib/services/members/remove-member";

const api = provideTestApi();
let world: MatrixWorld;
let asking: string;
let creator: Member;
beforeAll(async () => {
  world = await MatrixWorld.create(await createTestOrganization("Elsewhere"));
  asking = (await createTestKey(world.organization, { roles: ["key_verifier"] })).token;
});
beforeEach(async () => {
  creator = await world.member("OWNER");
});

/** The key's full rows with the transaction that wrote each, so that even rewriting the same values would show. */
async function rowsOf(keyId: string): Promise<unknown> {
  return database().$queryRaw`
    SELECT 'key' AS kind, xmin::text, row_to_json(k)::text AS row FROM api_keys k WHERE id = ${keyId}
    UNION ALL SELECT 'secret', xmin::text, row_to_json(s)::text FROM api_key_secrets s WHERE key_id = ${keyId}
    UNION ALL SELECT 'role', xmin::text, row_to_json(r)::text FROM api_key_roles r WHERE key_id = ${keyId}
    ORDER BY 1, 3`;
}

/** The answers to a verification of the key by another one, and to its own /v1/me. */
async function answers(token: string) {
  const verified = (await api.verify({ key: token }, asking)).json;
  const { kind, ...me } = (await api.call("/v1/me", token)).json;
  return { verified, kind, me };
}

const allOf = ["organizations:read", "users:delete", "keys:verify", "intelligence:read"];

/** A key whose role names a permission of each level, and one of the organization's own. */
async function newKey(namespace: Namespace) {
  const organizationId = world.organization.id;
  const role = { organizationId, roleId: "mixed", title: "Mixed", permissions: allOf };
  await database().role.createMany({ data: role, skipDuplicates: true });
  return createTestKey(world.organization, { creatorId: creator.userId, namespace, roles: ["mixed"] });
}

type Change = (accessLevel: AccessLevel | null) => Promise<unknown>;

/** Lowers the creator step by step, raises them again, and then removes their access. */
async function lowerRaiseAndEnd(namespace: Namespace, change: Change): Promise<void> {
  const { id, token } = await newKey(namespace);
  const rows = await rowsOf(id);
  const full = await answers(token);
  expect(full.verified).toMatchObject({ code: "VALID", permissions: [...allOf].sort(), limited_by: [] });
  const { valid, code, ...same } = full.verified;
  expect(full.me).toEqual(same);

  await change("ADMIN");
  expect((await answers(token)).verified).toMatchObject({
    valid: true,
    code: "VALID",
    access_level: "OWNER",
    permissions: ["intelligence:read", "keys:verify", "organizations:read"],
    limited_by: [{ by: "creator", level: "ADMIN", permissions: ["users:delete"] }],
  });
  await change("MEMBER");
  const lowered = {
    permissions: ["intelligence:read", "organizations:read"],
    limited_by: [{ by: "creator", level: "MEMBER", permissions: ["keys:verify", "users:delete"] }],
  };
  const small = await answers(token);
  expect(small.verified).toMatchObject(lowered);
  expect(small.me).toMatchObject(lowered);
  const needs = { key: token, permissions: ["keys:verify"] };
  expect((await api.verify(needs, asking)).json).toMatchObject({
    valid: false,
    code: "INSUFFICIENT_PERMISSIONS",
  });

  await change("OWNER");
  expect(await answers(token)).toEqual(full);
  expect(await rowsOf(id)).toEqual(rows);

  await change(null);
  expect((await api.verify({ key: token }, asking)).json).toMatchObject({ valid: false, code: "REVOKED" });
  expect(await api.call("/v1/me", token)).toMatchObject({ status: 401, json: { code: "key_revoked" } });
  expect(await database().apiKey.findUniqueOrThrow({ where: { id } })).toMatchObject({
    revocationReason: "creator_removed",
    revokedById: world.context.actor.userId,
  });
}

describe("a creator who is demoted, promoted and removed", () => {
  test("[Y9, Y8, L4, P9] in the organization", async () => {
    const { userId } = creator;
    const owner = await world.organization.as("OWNER");
    await lowerRaiseAndEnd({ type: "organization", id: world.organization.id }, async (accessLevel) =>
      accessLevel === null
        ? value(await removeMember(owner, { userId, transfers: [] }))
        : value(await changeAccessLevel(owner, { userId, accessLevel, transfers: [] })),
    );
  });

  test.each(placeNames)("[Y9, Y8, L4, P9] in %s", async (name) => {
    const { userId } = creator;
    const owner = await world.organization.as("OWNER");
    const grant = { level: "OWNER", place: "there" } as const;
    const { type, id } = await newPlace(world, { ...creator, grant }, name);
    const resource: Resource = { type, id };
    await lowerRaiseAndEnd(resource, async (accessLevel) =>
      value(
        accessLevel === null
          ? await takeGrant(owner, { resource, userId, transfers: [] })
          : await changeGrant(owner, { resource, userId, accessLevel, transfers: [] }),
      ),
    );
  });

  test("[P9] a person lowered in the organization keeps their access in an application, and vice versa", async () => {
    const { userId } = creator;
    const owner = await world.organization.as("OWNER");
    const grant = { level: "OWNER", place: "there" } as const;
    const { type, id } = await newPlace(world, { ...creator, grant }, "an application");
    const [here, there] = [
      await newKey({ type: "organization", id: world.organization.id }),
      await newKey({ type, id }),
    ];
    const levels = async () =>
      Promise.all(
        [here, there].map(async ({ token }) => (await answers(token)).verified.limited_by[0]?.level ?? null),
      );
    expect(await levels()).toEqual([null, null]);
    value(await changeAccessLevel(owner, { userId, accessLevel: "MEMBER", transfers: [] }));
    expect(await levels()).toEqual(["MEMBER", null]);
    value(await changeGrant(owner, { resource: { type, id }, userId, accessLevel: "ADMIN", transfers: [] }));
    expect(await levels()).toEqual(["MEMBER", "ADMIN"]);
    value(await changeAccessLevel(owner, { userId, accessLevel: "OWNER", transfers: [] }));
    expect(await levels()).toEqual([null, "ADMIN"]);
  });
});
