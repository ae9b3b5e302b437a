import { randomBytes, randomUUID } from "node:crypto";
import { vi } from "vitest";
import { onPage } from "@/e2e/permission-matrix/doors";
import type { MatrixWorld } from "@/e2e/permission-matrix/matrix-world";
import { testMatrix } from "@/e2e/permission-matrix/test-matrix";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import * as actions from "@/lib/actions/members";
import type { AccessLevel } from "@/lib/core/access/access-level";
import { database } from "@/lib/db/client";
import { inviteMember } from "./invite-member";
import { listInvitations } from "./list-invitations";
import { revokeInvitation } from "./revoke-invitation";

vi.mock("next/headers", () => import("@/e2e/permission-matrix/next-request"));
vi.mock("next/cache", () => import("@/e2e/permission-matrix/next-request"));

/** The person to invite, or the id of an existing invitation. */
type Target = { readonly email: string; readonly accessLevel: AccessLevel; readonly invitationId: string };

const invitee = (accessLevel: AccessLevel) => async () => ({
  email: `${randomBytes(8).toString("hex")}@example.com`,
  accessLevel,
  invitationId: "",
});

const open =
  (accessLevel: AccessLevel = "MEMBER") =>
  ({ organization }: MatrixWorld) =>
    insert(organization, accessLevel);

async function insert({ id, userIds }: TestOrganization, accessLevel: AccessLevel): Promise<Target> {
  const target = await invitee(accessLevel)();
  const { id: invitationId } = await database().invitation.create({
    data: {
      organizationId: id,
      email: target.email,
      accessLevel: target.accessLevel,
      tokenHash: new Uint8Array(randomBytes(32)),
      invitedById: userIds.OWNER,
      createdAt: new Date(),
      expiresAt: new Date(Date.now() + 3_600_000),
    },
  });
  return { ...target, invitationId };
}

testMatrix<Target>("Invitations", {
  proves: "[B1] an owner says whom the organization lets in, and as what; an admin says who is a member",
  calls: {
    listInvitations: { door: (slug) => onPage(slug, (context) => listInvitations(context, { page: 1 })) },
    inviteMember: {
      door: (slug, { email, accessLevel }) =>
        actions.inviteMember(slug, { email, accessLevel }, randomUUID()),
      verb: inviteMember,
    },
    revokeInvitation: {
      door: (slug, { invitationId }) => actions.revokeInvitation(slug, { invitationId }, randomUUID()),
      verb: revokeInvitation,
      byId: true,
    },
  },
  targets: {
    "the open ones": open(),
    "as MEMBER": invitee("MEMBER"),
    "as ADMIN": invitee("ADMIN"),
    "as OWNER": invitee("OWNER"),
    "who is a member": async (world) => ({
      ...(await invitee("MEMBER")()),
      email: (await world.member("MEMBER")).email,
    }),
    "who is invited as ADMIN": async (world) => ({ ...(await open("ADMIN")(world)), accessLevel: "MEMBER" }),
    "an open one": open(),
    "an open one to ADMIN": open("ADMIN"),
    "one that was accepted": async (world) => {
      const target = await open()(world);
      const data = { acceptedAt: new Date(), acceptedById: world.context.actor.userId };
      await database().invitation.update({ where: { id: target.invitationId }, data });
      return target;
    },
    "one of another organization": ({ elsewhere }) => insert(elsewhere, "MEMBER"),
  },
});
