import { randomUUID } from "node:crypto";
import { vi } from "vitest";
import { onPage } from "@/e2e/permission-matrix/doors";
import type { MatrixWorld, Member } from "@/e2e/permission-matrix/matrix-world";
import type { PlaceName } from "@/e2e/permission-matrix/places";
import { deletedApplication, insertPlace, keyIn, newPlace } from "@/e2e/permission-matrix/places";
import { testMatrix } from "@/e2e/permission-matrix/test-matrix";
import * as actions from "@/lib/actions/resources";
import type { Resource } from "@/lib/core/access/resource";
import { failure } from "@/lib/core/result";
import { database } from "@/lib/db/client";
import type { CreateResourceInput } from "@/lib/schemas/resource";
import { resourceListInput } from "@/lib/schemas/resource";
import { createResource } from "./create-resource";
import { deleteResource } from "./delete-resource";
import { listResources } from "./list-resources";
import { readResource } from "./read-resource";
import { renameResource } from "./rename-resource";

vi.mock("next/headers", () => import("@/e2e/permission-matrix/next-request"));
vi.mock("next/cache", () => import("@/e2e/permission-matrix/next-request"));

/** An existing resource with one key, and what to create next to it. */
type Target = { readonly resource: Resource; readonly create: CreateResourceInput };

const a = (name: PlaceName) => async (world: MatrixWorld, actor: Member) => {
  const { type, id, applicationId } = await newPlace(world, actor, name);
  await keyIn(world, world.context.actor.userId, { type, id }, "OWNER");
  return target({ type, id }, applicationId);
};

const target = ({ type, id }: Resource, applicationId: string | null): Target => ({
  resource: { type, id },
  create: { type, applicationId, name: randomUUID() },
});

/** For a new resource, the actor's grant is in its application. */
const newIn = async (world: MatrixWorld, actor: Member, type: "workspace" | "usergroup") => {
  const application = await newPlace(world, actor, "an application");
  return target({ type, id: randomUUID() }, application.id);
};

testMatrix<Target>("Applications, workspaces and user groups", {
  proves: "[P3, P9, P12] what is in an organization is managed by who has a grant in it, and by the owners",
  calls: {
    listResources: {
      door: (slug, { resource, create: { type, applicationId } }) =>
        onPage(slug, async (context) => {
          const list = await listResources(context, resourceListInput.parse({ type, applicationId }));
          if (!list.ok || list.value.rows.some(({ id }) => id === resource.id)) return list;
          return failure("not_found", "The list is without it.");
        }),
      byId: true,
    },
    readResource: {
      door: (slug, { resource }) => onPage(slug, (context) => readResource(context, resource)),
      byId: true,
    },
    createResource: {
      door: (slug, { create }) => actions.createResource(slug, create, randomUUID()),
      verb: (context, { create }) => createResource(context, create),
      byId: ({ create }) => create.applicationId !== null,
    },
    renameResource: {
      door: (slug, { resource, create: { name } }) =>
        actions.renameResource(slug, { resource, name }, randomUUID()),
      verb: (context, { resource, create: { name } }) => renameResource(context, { resource, name }),
      byId: true,
    },
    readResourceDeletion: {
      door: (slug, { resource }) => actions.readResourceDeletion(slug, { resource }),
      byId: true,
    },
    deleteResource: {
      door: (slug, { resource }) => actions.deleteResource(slug, { resource, keyTotal: 1 }, randomUUID()),
      verb: (context, { resource }) => deleteResource(context, { resource, keyTotal: 1 }),
      byId: true,
    },
  },
  targets: {
    "an application": a("an application"),
    "a workspace": a("a workspace"),
    "an application's user group": a("an application's user group"),
    "the organization's user group": a("the organization's user group"),
    "an application with a workspace": async (world, actor) => {
      const made = await a("an application")(world, actor);
      const data = { organizationId: world.organization.id, applicationId: made.resource.id, name: "W" };
      await database().workspace.create({ data });
      return made;
    },
    "a new workspace": (world, actor) => newIn(world, actor, "workspace"),
    "a new user group of an application": (world, actor) => newIn(world, actor, "usergroup"),
    "a deleted application": async (world) => target(await deletedApplication(world), null),
    "a workspace of a deleted application": async (world) =>
      target({ type: "workspace", id: randomUUID() }, (await deletedApplication(world)).id),
    "a workspace of another organization": async ({ elsewhere }) =>
      target({ type: "workspace", id: randomUUID() }, (await insertPlace(elsewhere, "an application")).id),
  },
});
