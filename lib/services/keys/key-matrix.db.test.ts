import { randomUUID } from "node:crypto";
import { vi } from "vitest";
import { onPage } from "@/e2e/permission-matrix/doors";
import type { MatrixWorld, Member } from "@/e2e/permission-matrix/matrix-world";
import { testMatrix } from "@/e2e/permission-matrix/test-matrix";
import { startGrace } from "@/e2e/support/data/start-grace";
import { pauseTestKey } from "@/e2e/support/data/test-key";
import { type TestOrganization, value } from "@/e2e/support/data/test-organization";
import * as actions from "@/lib/actions/keys";
import type { AccessLevel } from "@/lib/core/access/access-level";
import { accessLevels } from "@/lib/core/access/access-level";
import { database, inTransaction } from "@/lib/db/client";
import type { GenerateKeyInput } from "@/lib/schemas/key";
import { keyListInput } from "@/lib/schemas/key-list";
import type { OrganizationId } from "@/lib/services/access/context";
import { readRevocationReceipt } from "@/lib/services/receipts/read-revocation-receipt";
import { readKeySet } from "@/lib/services/tokens/read-key-set";
import { deleteKey } from "./delete-key";
import { endGrace } from "./end-grace";
import { generateKey } from "./generate-key";
import { insertKey } from "./insert-key";
import { pauseKey, resumeKey } from "./pause-key";
import { listKeys, listOwnKeys } from "./read/list-keys";
import { readKey } from "./read/read-key";
import { revokeKey } from "./revoke-key";
import { rollKey } from "./roll-key";
import { updateKey } from "./update-key";

vi.mock("next/headers", () => import("@/e2e/permission-matrix/next-request"));
vi.mock("next/cache", () => import("@/e2e/permission-matrix/next-request"));

/** The input to generate a key, or the id of an existing one. */
type Target = {
  readonly input: GenerateKeyInput;
  readonly keyId: string;
  /** Further changes of an update, besides the name. */
  readonly change?: { allowedAddresses: string[] } | { subject: string; metadata: string };
};

const name = "Renamed";
const description = "";
const graceSeconds = 3600;
const version = 1;

const newKey = (over: Partial<GenerateKeyInput>) => async (world: MatrixWorld) => ({
  keyId: "",
  input: keyInput(world.organization, over),
});
const keyInput = (organization: TestOrganization, over: Partial<GenerateKeyInput>): GenerateKeyInput => ({
  name: "A key",
  description,
  type: "secret",
  accessLevel: "MEMBER",
  namespace: { type: "organization", id: organization.id },
  roles: ["full_access"],
  expiresAt: null,
  ...over,
});

const somebodys = (accessLevel: AccessLevel) => (world: MatrixWorld) =>
  insert(world.organization, world.context.actor.userId, accessLevel);
const own =
  (accessLevel: AccessLevel) =>
  (world: MatrixWorld, { userId }: Member) =>
    insert(world.organization, userId, accessLevel);
const withAddresses =
  (make: ReturnType<typeof somebodys>) =>
  async (world: MatrixWorld): Promise<Target> => ({
    ...(await make(world)),
    change: { allowedAddresses: ["192.0.2.0/24"] },
  });
const withSubject =
  (make: ReturnType<typeof somebodys>) =>
  async (world: MatrixWorld): Promise<Target> => ({
    ...(await make(world)),
    change: { subject: "cus_1", metadata: '{"plan":"pro"}' },
  });
const foreign = ({ elsewhere }: MatrixWorld) => insert(elsewhere, elsewhere.userIds.OWNER, "MEMBER");

const paused =
  (insertKey: (world: MatrixWorld, member: Member) => Promise<Target>) =>
  async (world: MatrixWorld, member: Member) => {
    const target = await insertKey(world, member);
    await pauseTestKey(target.keyId);
    return target;
  };

const revoked =
  (insertKey: (world: MatrixWorld, member: Member) => Promise<Target>) =>
  async (world: MatrixWorld, member: Member) => {
    const target = await insertKey(world, member);
    value(await revokeKey(world.context, target));
    return target;
  };

const rolling =
  (insertKey: (world: MatrixWorld, member: Member) => Promise<Target>) =>
  async (world: MatrixWorld, member: Member) => {
    const target = await insertKey(world, member);
    await startGrace(target.keyId);
    return target;
  };

async function insert(organization: TestOrganization, creatorId: string, accessLevel: AccessLevel) {
  const input = keyInput(organization, { accessLevel });
  // Creates the signing key, which the first receipt would otherwise create.
  await readKeySet(new Date());
  const { id } = await inTransaction((transaction) =>
    insertKey(transaction, {
      ...input,
      expiresAt: null,
      organizationId: organization.id as OrganizationId,
      creatorId,
      createdAt: new Date(Date.now() - 60_000),
    }),
  );
  return { keyId: id, input };
}

testMatrix<Target>("API keys", {
  proves:
    "[B2, B3, J8, L14, P6, P7, Y2] owners manage; admins find and revoke; the setting opens more, to members their own",
  settings: accessLevels,
  calls: {
    listKeys: {
      door: (slug) => onPage(slug, (context) => listKeys(context, keyListInput.parse({}))),
    },
    readKeyFacets: {
      door: (slug) => actions.readKeyFacets(slug, { list: {}, kind: "creator", find: "", own: false }),
    },
    keyOptions: { door: (slug) => actions.readKeyOptions(slug) },
    listOwnKeys: {
      door: (slug) => onPage(slug, (context) => listOwnKeys(context, keyListInput.parse({}))),
    },
    generateKey: {
      door: (slug, { input }) => actions.generateKey(slug, input, randomUUID()),
      verb: (context, { input }) => generateKey(context, input),
    },
    readKey: {
      door: (slug, { keyId }) => onPage(slug, (context) => readKey(context, keyId)),
      byId: true,
    },
    readKeyActivity: {
      door: (slug, { keyId }) => actions.readKeyActivity(slug, { keyId, after: null }),
      byId: true,
    },
    readKeyPowers: {
      door: (slug, { keyId }) => actions.readKeyPowers(slug, { keyId, at: "2026-11-29T12:00:00Z" }),
      byId: true,
    },
    readRevocationReceipt: {
      door: (slug, { keyId }) => onPage(slug, (context) => readRevocationReceipt(context, { keyId })),
      byId: true,
    },
    readKeyRotation: { door: (slug, { keyId }) => actions.readKeyRotation(slug, { keyId }), byId: true },
    readKeyImpact: { door: (slug, { keyId }) => actions.readKeyImpact(slug, { keyId }), byId: true },
    updateKey: {
      door: (slug, { keyId, change }) =>
        actions.updateKey(slug, { keyId, version, name, description, ...change }, randomUUID()),
      verb: (context, { keyId, change }) => updateKey(context, { keyId, name, description, ...change }),
      byId: true,
    },
    rollKey: {
      door: (slug, { keyId }) => actions.rollKey(slug, { keyId, graceSeconds, version }, randomUUID()),
      verb: (context, { keyId }) => rollKey(context, { keyId, graceSeconds, version }),
      byId: true,
    },
    endGrace: {
      door: (slug, { keyId }) => actions.endGrace(slug, { keyId, version }, randomUUID()),
      verb: (context, { keyId }) => endGrace(context, { keyId, version }),
      byId: true,
    },
    pauseKey: {
      door: (slug, { keyId }) => actions.pauseKey(slug, { keyId }, randomUUID()),
      verb: (context, { keyId }) => pauseKey(context, { keyId }),
      byId: true,
    },
    resumeKey: {
      door: (slug, { keyId }) => actions.resumeKey(slug, { keyId }, randomUUID()),
      verb: (context, { keyId }) => resumeKey(context, { keyId }),
      byId: true,
    },
    revokeKey: {
      door: (slug, { keyId }) => actions.revokeKey(slug, { keyId }, randomUUID()),
      verb: (context, { keyId }) => revokeKey(context, { keyId }),
      byId: true,
    },
    deleteKey: {
      door: (slug, { keyId }) => actions.deleteKey(slug, { keyId }, randomUUID()),
      verb: (context, { keyId }) => deleteKey(context, { keyId }),
      byId: true,
    },
  },
  targets: {
    all: newKey({}),
    "what to offer": newKey({}),
    "a MEMBER key": newKey({}),
    "a public key": newKey({ type: "public" }),
    "an ADMIN key": newKey({ accessLevel: "ADMIN" }),
    "an OWNER key": newKey({ accessLevel: "OWNER" }),
    "a key of another organization": foreign,
    "a key with a role of another organization": async (world) => {
      const role = { roleId: "foreign_role", title: "Foreign", permissions: ["intelligence:read"] };
      const data = { organizationId: world.elsewhere.id, ...role };
      await database().role.createMany({ data, skipDuplicates: true });
      return newKey({ roles: [role.roleId] })(world);
    },
    "somebody's MEMBER key": somebodys("MEMBER"),
    "somebody's ADMIN key": somebodys("ADMIN"),
    "somebody's OWNER key": somebodys("OWNER"),
    "somebody's rolling MEMBER key": rolling(somebodys("MEMBER")),
    "somebody's rolling ADMIN key": rolling(somebodys("ADMIN")),
    "somebody's rolling OWNER key": rolling(somebodys("OWNER")),
    "their own rolling MEMBER key": rolling(own("MEMBER")),
    "their own rolling ADMIN key": rolling(own("ADMIN")),
    "their own rolling OWNER key": rolling(own("OWNER")),
    "somebody's paused MEMBER key": paused(somebodys("MEMBER")),
    "somebody's paused ADMIN key": paused(somebodys("ADMIN")),
    "somebody's paused OWNER key": paused(somebodys("OWNER")),
    "their own paused MEMBER key": paused(own("MEMBER")),
    "their own paused ADMIN key": paused(own("ADMIN")),
    "their own paused OWNER key": paused(own("OWNER")),
    "somebody's revoked MEMBER key": revoked(somebodys("MEMBER")),
    "their own revoked MEMBER key": revoked(own("MEMBER")),
    "a revoked key of another organization": foreign,
    "addresses of somebody's MEMBER key": withAddresses(somebodys("MEMBER")),
    "addresses of somebody's OWNER key": withAddresses(somebodys("OWNER")),
    "subject of somebody's MEMBER key": withSubject(somebodys("MEMBER")),
    "subject of somebody's OWNER key": withSubject(somebodys("OWNER")),
    "their own MEMBER key": own("MEMBER"),
    "their own ADMIN key": own("ADMIN"),
    "their own OWNER key": own("OWNER"),
  },
});
