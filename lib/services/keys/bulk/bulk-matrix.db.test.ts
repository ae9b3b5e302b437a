import { randomUUID } from "node:crypto";
import { vi } from "vitest";
import { onPage } from "@/e2e/permission-matrix/doors";
import type { MatrixWorld, Member } from "@/e2e/permission-matrix/matrix-world";
import { testMatrix } from "@/e2e/permission-matrix/test-matrix";
import { createTestKey, pauseTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import * as actions from "@/lib/actions/bulk-keys";
import type { AccessLevel } from "@/lib/core/access/access-level";
import { accessLevels } from "@/lib/core/access/access-level";
import { database } from "@/lib/db/client";
import { type BulkChange, type ChangeKeysInput, keySelection } from "@/lib/schemas/bulk/bulk-keys";
import { readExportedKeys } from "../export/read-exported-keys";
import { seenOf } from "./bulk-key";
import { changeKeys } from "./change-keys";

vi.mock("next/headers", () => import("@/e2e/permission-matrix/next-request"));
vi.mock("next/cache", () => import("@/e2e/permission-matrix/next-request"));

type Target = { readonly step: ChangeKeysInput; readonly own: boolean };
type Make = { readonly count?: 1 | 2; readonly level?: AccessLevel; readonly isPaused?: boolean };

const revoke: BulkChange = { verb: "revoke" };
const none: Target = { step: { change: revoke, keys: [] }, own: false };
const selection = (own: boolean) => ({ own, ids: null, address: "" });

async function step(
  organization: TestOrganization,
  creatorId: string,
  change: BulkChange,
  { count = 2, level = "MEMBER", isPaused = false }: Make,
): Promise<Target> {
  const keys: { id: string; seen: string }[] = [];
  for (let made = 0; made < count; made++) {
    const { id } = await createTestKey(organization, { creatorId, accessLevel: level });
    if (isPaused) await pauseTestKey(id);
    keys.push({ id, seen: seenOf(await database().apiKey.findUniqueOrThrow({ where: { id } })) });
  }
  return { step: { change, keys }, own: false };
}

const somebodys =
  (change: BulkChange | ((world: MatrixWorld) => BulkChange), make: Make = {}) =>
  (world: MatrixWorld) =>
    step(
      world.organization,
      world.context.actor.userId,
      typeof change === "function" ? change(world) : change,
      make,
    );
const own =
  (change: BulkChange | ((world: MatrixWorld) => BulkChange)) =>
  (world: MatrixWorld, { userId }: Member) =>
    step(world.organization, userId, typeof change === "function" ? change(world) : change, {});
const toOwner = ({ organization }: MatrixWorld): BulkChange => ({
  verb: "transfer",
  toUserId: organization.userIds.OWNER,
});

testMatrix<Target>("Many API keys", {
  proves: "[B2, J8, L12, L14] many keys change by the rules of one, and together take a fresh password",
  settings: accessLevels,
  calls: {
    previewKeyChanges: {
      door: (slug, { own }) => actions.previewKeyChanges(slug, { change: revoke, selection: selection(own) }),
    },
    listBulkKeys: {
      door: (slug, { own }) => actions.listBulkKeys(slug, { own, ids: ["0".repeat(16)] }),
    },
    readSelectedCalls: {
      door: (slug, { own }) => actions.readSelectedCalls(slug, { selection: selection(own) }),
    },
    readExportedKeys: {
      door: (slug, { own }) =>
        onPage(slug, (context) => readExportedKeys(context, keySelection.parse(selection(own)), null)),
    },
    listReceivers: {
      door: (slug) => actions.listReceivers(slug, { search: "" }),
    },
    changeKeys: {
      door: (slug, { step }) => actions.changeKeys(slug, step, randomUUID()),
      verb: (context, { step }) => changeKeys(context, step),
      byId: true,
    },
  },
  targets: {
    "all of the list": async () => none,
    "their own list": async () => ({ ...none, own: true }),
    "one MEMBER key, revoked": somebodys(revoke, { count: 1 }),
    "two MEMBER keys, revoked": somebodys(revoke),
    "two OWNER keys, revoked": somebodys(revoke, { level: "OWNER" }),
    "two of their own keys, revoked": own(revoke),
    "two keys elsewhere, revoked": ({ elsewhere }) => step(elsewhere, elsewhere.userIds.OWNER, revoke, {}),
    "two MEMBER keys, paused": somebodys({ verb: "pause" }),
    "two paused MEMBER keys, resumed": somebodys({ verb: "resume" }, { isPaused: true }),
    "two MEMBER keys, deleted": somebodys({ verb: "delete" }),
    "one OWNER key, deleted": somebodys({ verb: "delete" }, { count: 1, level: "OWNER" }),
    "two MEMBER keys, given a role": somebodys({ verb: "addRole", role: "key_verifier" }),
    "two MEMBER keys, losing a role": somebodys({ verb: "removeRole", role: "full_access" }),
    "one MEMBER key, given to an OWNER": (world) =>
      step(world.organization, world.organization.userIds.ADMIN, toOwner(world), { count: 1 }),
    "two of their own keys, given away": own(toOwner),
  },
});
