import { randomBytes, randomUUID } from "node:crypto";
import { vi } from "vitest";
import { onPage } from "@/e2e/permission-matrix/doors";
import type { MatrixWorld, Member } from "@/e2e/permission-matrix/matrix-world";
import { testMatrix } from "@/e2e/permission-matrix/test-matrix";
import { createTestKey } from "@/e2e/support/data/test-key";
import * as actions from "@/lib/actions/members";
import type { AccessLevel } from "@/lib/core/access/access-level";
import { database } from "@/lib/db/client";
import { listInput } from "@/lib/schemas/list";
import { changeAccessLevel } from "./change-access-level";
import { listMembers } from "./list-members";
import { removeMember } from "./remove-member";

vi.mock("next/headers", () => import("@/e2e/permission-matrix/next-request"));
vi.mock("next/cache", () => import("@/e2e/permission-matrix/next-request"));

type Target = {
  readonly userId: string;
  readonly accessLevel: AccessLevel;
  readonly transfers: { keyId: string; toUserId: string }[];
};

const target = (userId: string, accessLevel: AccessLevel, transfers: Target["transfers"] = []): Target => ({
  userId,
  accessLevel,
  transfers,
});

/** A member with a key of their level and an open invitation. */
async function memberOf(world: MatrixWorld, accessLevel: AccessLevel) {
  const { userId } = await world.member(accessLevel);
  return { userId, keyId: await endow(world, userId, accessLevel) };
}

async function endow({ organization }: MatrixWorld, userId: string, accessLevel: AccessLevel) {
  const { id } = await createTestKey(organization, { creatorId: userId, accessLevel });
  await database().invitation.create({
    data: {
      organizationId: organization.id,
      email: `${randomBytes(8).toString("hex")}@example.com`,
      accessLevel: "MEMBER",
      tokenHash: new Uint8Array(randomBytes(32)),
      invitedById: userId,
      createdAt: new Date(),
      expiresAt: new Date(Date.now() + 3_600_000),
    },
  });
  return id;
}

const a = (before: AccessLevel, after: AccessLevel) => async (world: MatrixWorld) =>
  target((await memberOf(world, before)).userId, after);

/** An owner to demote to admin, with a key to transfer to a new member of this level. */
const ownerWithHeir = (heirLevel: AccessLevel) => async (world: MatrixWorld) => {
  const { userId, keyId } = await memberOf(world, "OWNER");
  const heir = await world.member(heirLevel);
  return target(userId, "ADMIN", [{ keyId, toUserId: heir.userId }]);
};

const themselves = (accessLevel: AccessLevel) => async (world: MatrixWorld, actor: Member) => {
  const membership = await database().member.findFirst({ where: { userId: actor.userId } });
  if (membership !== null) await endow(world, actor.userId, "MEMBER");
  return target(actor.userId, accessLevel);
};

/** Demotes all other owners, and returns the one who is left. */
async function lastOwner({ organization, context }: MatrixWorld, actor: Member): Promise<Target> {
  const organizationId = organization.id;
  const isOwner = { organizationId, userId: actor.userId, accessLevel: "OWNER" } as const;
  const stays = (await database().member.count({ where: isOwner })) > 0 ? actor.userId : context.actor.userId;
  await database().member.updateMany({
    where: { organizationId, accessLevel: "OWNER", userId: { not: stays } },
    data: { accessLevel: "ADMIN" },
  });
  return target(stays, "ADMIN");
}

testMatrix<Target>("Members", {
  proves: "[B1, L5, Y8, Y9] who is a member, and as what, is an owner's to say, and one owner always remains",
  calls: {
    listMembers: {
      door: (slug) => onPage(slug, (context) => listMembers(context, listInput.parse({}))),
    },
    readOwners: { door: (slug) => actions.readOwners(slug, {}) },
    readMemberConsequences: {
      door: (slug, { userId }) => actions.readMemberConsequences(slug, { userId, accessLevel: null }),
      byId: true,
    },
    changeAccessLevel: {
      door: (slug, target) => actions.changeAccessLevel(slug, target, randomUUID()),
      verb: changeAccessLevel,
      byId: true,
    },
    removeMember: {
      door: (slug, { userId, transfers }) => actions.removeMember(slug, { userId, transfers }, randomUUID()),
      verb: removeMember,
      byId: true,
    },
  },
  targets: {
    everyone: a("MEMBER", "ADMIN"),
    "a MEMBER": a("MEMBER", "ADMIN"),
    "an ADMIN": a("ADMIN", "MEMBER"),
    "an OWNER": a("OWNER", "MEMBER"),
    "another OWNER": a("OWNER", "MEMBER"),
    "a MEMBER, to ADMIN": a("MEMBER", "ADMIN"),
    "a MEMBER, to OWNER": a("MEMBER", "OWNER"),
    "an ADMIN, to MEMBER": a("ADMIN", "MEMBER"),
    "another OWNER, to MEMBER": a("OWNER", "MEMBER"),
    "another OWNER, their key to a MEMBER": ownerWithHeir("MEMBER"),
    "another OWNER, their key to an OWNER": ownerWithHeir("OWNER"),
    themselves: themselves("MEMBER"),
    "themselves, to OWNER": themselves("OWNER"),
    "themselves, to MEMBER": themselves("MEMBER"),
    "the last OWNER": lastOwner,
    "the last OWNER, to ADMIN": lastOwner,
    "a person of another organization": async ({ elsewhere }) => target(elsewhere.userIds.MEMBER, "ADMIN"),
  },
});
