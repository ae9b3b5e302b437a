import { randomBytes, randomUUID } from "node:crypto";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization } from "@/e2e/support/data/test-organization";
import { createTestDelivery, createTestWebhook } from "@/e2e/support/data/test-webhook";
import type { AccessLevel } from "@/lib/core/access/access-level";
import { formatKeyId } from "@/lib/core/keys/key-id";
import { database } from "@/lib/db/client";
import type { NewKey } from "@/lib/services/keys/insert-key";
import { createTestKey } from "../support/data/test-key";
import { giveTestGrant } from "../support/data/test-resources";

/** The columns of "The API by namespace". */
export const keyNames = [
  "organization",
  "application",
  "workspace",
  "user group",
  "organization's group",
  "no grant",
  "read only",
  "public",
  "other tenant",
] as const;
export type KeyName = (typeof keyNames)[number];

export type NamespaceWorld = {
  readonly acme: TestOrganization;
  readonly theirs: TestOrganization;
  /** Ids by the names in docs/permission-matrix.md. */
  readonly ids: Readonly<Record<string, string>>;
  readonly tokens: Readonly<Record<KeyName, string>>;
  /** The ids of the keys in `tokens`, as audit entries name them. */
  readonly keyIds: Readonly<Record<KeyName, string>>;
};

/** The world that docs/permission-matrix.md describes under "The API by namespace". */
export async function createNamespaceWorld(): Promise<NamespaceWorld> {
  const acme = await createTestOrganization("Acme");
  const theirs = await createTestOrganization("Theirs");
  const organizationId = acme.id;
  const application = async (name: string, of = acme) =>
    (await database().application.create({ data: { organizationId: of.id, name } })).id;
  const workspace = async (name: string, applicationId: string) =>
    (await database().workspace.create({ data: { organizationId, applicationId, name } })).id;
  const group = async (name: string, applicationId: string | null, of = acme) =>
    (await database().userGroup.create({ data: { organizationId: of.id, applicationId, name } })).id;

  const shop = await application("Shop");
  const blog = await application("Blog");
  const shopOne = await workspace("Shop one", shop);
  const shopTwo = await workspace("Shop two", shop);
  const blogOne = await workspace("Blog one", blog);
  const staff = await group("Shop staff", shop);
  const guests = await group("Shop guests", shop);
  const blogStaff = await group("Blog staff", blog);
  const board = await group("Board", null);
  const everyone = await group("Everyone", null);
  const theirApp = await application("Their app", theirs);
  const theirBoard = await group("Their board", null, theirs);

  const owner = acme.userIds.OWNER;
  for (const [type, ids] of [
    ["application", [shop, blog]],
    ["workspace", [shopOne, shopTwo, blogOne]],
    ["usergroup", [staff, guests, blogStaff, board, everyone]],
  ] as const) {
    for (const id of ids) await giveTestGrant(acme, owner, { type, id }, "OWNER");
  }
  // Another owner of the organization and of the application, without grants inside it.
  const granted = acme.userIds.ADMIN;
  await database().member.updateMany({
    where: { organizationId, userId: granted },
    data: { accessLevel: "OWNER" },
  });
  await giveTestGrant(acme, granted, { type: "application", id: shop }, "OWNER");

  // One person is a MEMBER of the organization and of these places; the other has access nowhere.
  for (const [type, id] of [
    ["application", shop],
    ["workspace", shopOne],
    ["usergroup", staff],
    ["usergroup", board],
  ] as const) {
    await giveTestGrant(acme, acme.userIds.MEMBER, { type, id }, "MEMBER");
  }
  const newcomer = await database().user.create({
    data: { name: "A newcomer", email: `${randomUUID()}@example.com` },
  });
  const joined = { organizationId, userId: newcomer.id, accessLevel: "MEMBER" } as const;
  await database().member.create({ data: joined });

  const role = (of: TestOrganization, roleId: string) =>
    database().role.create({
      data: { organizationId: of.id, roleId, title: roleId, permissions: ["intelligence:read"] },
    });
  await role(acme, "ic_viewer");
  await role(theirs, "their_role");

  const invitation = async (of: TestOrganization, accessLevel: AccessLevel) => {
    const { id } = await database().invitation.create({
      data: {
        organizationId: of.id,
        email: `${randomUUID()}@example.com`,
        accessLevel,
        tokenHash: new Uint8Array(randomBytes(32)),
        invitedById: of.userIds.OWNER,
        createdAt: new Date(),
        expiresAt: new Date(Date.now() + 3_600_000),
      },
    });
    return id;
  };

  const endpoint = await createTestWebhook(acme.id);
  const theirEndpoint = await createTestWebhook(theirs.id);

  const made = new Map<KeyName, { id: string; token: string }>();
  const key = async (name: KeyName, over: Partial<NewKey> = {}, of = acme) =>
    made.set(name, await createTestKey(of, { name, ...over }));
  await key("organization");
  await key("application", { namespace: { type: "application", id: shop } });
  await key("workspace", { namespace: { type: "workspace", id: shopOne } });
  await key("user group", { namespace: { type: "usergroup", id: staff } });
  await key("organization's group", { namespace: { type: "usergroup", id: board } });
  await key("no grant", { namespace: { type: "application", id: shop }, creatorId: granted });
  await key("read only", { roles: ["read_only"] });
  await key("public", { type: "public" });
  await key("other tenant", {}, theirs);
  const target = async (of: string, namespace: NewKey["namespace"]) =>
    (await createTestKey(acme, { name: `key of ${of}`, namespace, accessLevel: "MEMBER" })).id;
  const targets = {
    "key of Acme": await target("Acme", { type: "organization", id: acme.id }),
    "key of Shop": await target("Shop", { type: "application", id: shop }),
    "key of Shop one": await target("Shop one", { type: "workspace", id: shopOne }),
    "key of Shop staff": await target("Shop staff", { type: "usergroup", id: staff }),
    "key of Board": await target("Board", { type: "usergroup", id: board }),
    "no key": "0000000000000000",
  };
  const each = (what: "id" | "token") =>
    Object.fromEntries(keyNames.map((name) => [name, made.get(name)?.[what] ?? ""])) as Record<
      KeyName,
      string
    >;
  return {
    acme,
    theirs,
    ids: {
      Acme: acme.id,
      Theirs: theirs.id,
      Shop: shop,
      Blog: blog,
      "Shop one": shopOne,
      "Shop two": shopTwo,
      "Blog one": blogOne,
      "Shop staff": staff,
      "Shop guests": guests,
      "Blog staff": blogStaff,
      Board: board,
      Everyone: everyone,
      "Their app": theirApp,
      "Their board": theirBoard,
      ...Object.fromEntries(Object.entries(targets).map(([name, id]) => [name, formatKeyId(id)])),
      "an open one to ADMIN": await invitation(acme, "ADMIN"),
      "an open one to OWNER": await invitation(acme, "OWNER"),
      "one of Theirs": await invitation(theirs, "MEMBER"),
      "a role of Acme": "ic_viewer",
      "Their role": "their_role",
      "a built-in role": "read_only",
      "an endpoint": endpoint.id,
      "their endpoint": theirEndpoint.id,
      "delivery of an endpoint": await createTestDelivery(acme.id, endpoint.id),
      "delivery of their endpoint": await createTestDelivery(theirs.id, theirEndpoint.id),
      "a MEMBER": acme.userIds.MEMBER,
      "an OWNER": granted,
      "a newcomer": newcomer.id,
      nothing: "01932f6e-8f3c-7d52-9c3e-5a4b7f0e2d11",
    },
    tokens: each("token"),
    keyIds: each("id"),
  };
}
