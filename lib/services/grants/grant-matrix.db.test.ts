import { randomUUID } from "node:crypto";
import { vi } from "vitest";
import { onPage } from "@/e2e/permission-matrix/doors";
import type { MatrixWorld, Member } from "@/e2e/permission-matrix/matrix-world";
import type { PlaceName } from "@/e2e/permission-matrix/places";
import { keyIn, newPlace } from "@/e2e/permission-matrix/places";
import { testMatrix } from "@/e2e/permission-matrix/test-matrix";
import * as actions from "@/lib/actions/grants";
import type { AccessLevel } from "@/lib/core/access/access-level";
import type { Resource } from "@/lib/core/access/resource";
import { grantListInput } from "@/lib/schemas/grant";
import { changeGrant } from "./change-grant";
import { giveGrant } from "./give-grant";
import { listGrants } from "./list-grants";
import { takeGrant } from "./take-grant";

vi.mock("next/headers", () => import("@/e2e/permission-matrix/next-request"));
vi.mock("next/cache", () => import("@/e2e/permission-matrix/next-request"));

type Target = {
  readonly resource: Resource;
  /** A person with a grant, and a key that depends on it. */
  readonly holderId: string;
  /** A person without a grant. */
  readonly candidateId: string;
  /** The holder's level; MEMBER by default. */
  readonly held?: AccessLevel;
  /** The new level; ADMIN by default. */
  readonly asked?: AccessLevel;
};

const a =
  (name: PlaceName, levels: Pick<Target, "held" | "asked"> = {}) =>
  async (world: MatrixWorld, actor: Member): Promise<Target> => {
    const { type, id } = await newPlace(world, actor, name);
    const [holder, candidate] = [await world.member("MEMBER"), await world.member("MEMBER")];
    await keyIn(world, holder.userId, { type, id }, levels.held);
    return { resource: { type, id }, holderId: holder.userId, candidateId: candidate.userId, ...levels };
  };

const themselves = (name: PlaceName) => async (world: MatrixWorld, actor: Member) => {
  const { type, id } = await newPlace(world, actor, name);
  return { resource: { type, id }, holderId: actor.userId, candidateId: actor.userId };
};

const given = (t: Target) => ({
  resource: t.resource,
  userId: t.candidateId,
  accessLevel: t.asked ?? ("ADMIN" as const),
});
const taken = (t: Target) => ({ resource: t.resource, userId: t.holderId, transfers: [] });
const changed = (t: Target) => ({ ...taken(t), accessLevel: t.asked ?? ("ADMIN" as const) });

testMatrix<Target>("Grants", {
  proves: "[P3, P9, Y8, L5] who has access to a thing is said by its owners and by the organization's",
  calls: {
    listGrants: {
      door: (slug, { resource }) =>
        onPage(slug, (context) => listGrants(context, grantListInput.parse({ resource }))),
      byId: true,
    },
    listGrantCandidates: {
      door: (slug, { resource }) => actions.listGrantCandidates(slug, { resource }),
      byId: true,
    },
    readGrantConsequences: {
      door: (slug, t) =>
        actions.readGrantConsequences(slug, {
          resource: t.resource,
          userId: t.holderId,
          accessLevel: null,
        }),
      byId: true,
    },
    giveGrant: {
      door: (slug, t) => actions.giveGrant(slug, given(t), randomUUID()),
      verb: (context, t) => giveGrant(context, given(t)),
      byId: true,
    },
    changeGrant: {
      door: (slug, t) => actions.changeGrant(slug, changed(t), randomUUID()),
      verb: (context, t) => changeGrant(context, changed(t)),
      byId: true,
    },
    takeGrant: {
      door: (slug, t) => actions.takeGrant(slug, taken(t), randomUUID()),
      verb: (context, t) => takeGrant(context, taken(t)),
      byId: true,
    },
  },
  targets: {
    "in an application": a("an application"),
    "in a workspace": a("a workspace"),
    "in an application's user group": a("an application's user group"),
    "in the organization's user group": a("the organization's user group"),
    "in an application, as OWNER": a("an application", { asked: "OWNER" }),
    "in an application, of an OWNER": a("an application", { held: "OWNER" }),
    "in an application, to themselves": themselves("an application"),
    "in a workspace, to themselves": themselves("a workspace"),
    "in an application, to nobody of us": async (world, actor) => ({
      ...(await a("an application")(world, actor)),
      candidateId: world.elsewhere.userIds.MEMBER,
    }),
  },
});
