import { randomUUID } from "node:crypto";
import { createTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import type { AccessLevel } from "@/lib/core/access/access-level";
import type { Resource } from "@/lib/core/access/resource";
import { database } from "@/lib/db/client";
import { namespaceColumns } from "@/lib/services/access/level-in-namespace";
import type { MatrixWorld, Member } from "./matrix-world";

/** The kinds of resources that a grant can be in, as the tables name them. */
export const placeNames = [
  "an application",
  "a workspace",
  "an application's user group",
  "the organization's user group",
] as const;
export type PlaceName = (typeof placeNames)[number];

/** A resource, with its application. */
export type Place = Resource & { readonly applicationId: string | null };

/** Creates a resource where the actor has the grant of their column, or above it. */
export async function newPlace(world: MatrixWorld, actor: Member, name: PlaceName): Promise<Place> {
  const place = await insertPlace(world.organization, name);
  if (actor.grant?.place === "there") await grant(world, actor.userId, place, actor.grant.level);
  if (actor.grant?.place === "above" && place.applicationId !== null) {
    await grant(world, actor.userId, { type: "application", id: place.applicationId }, actor.grant.level);
  }
  return place;
}

export async function insertPlace({ id }: TestOrganization, name: PlaceName): Promise<Place> {
  const organizationId = id;
  const application = async () =>
    (await database().application.create({ data: { organizationId, name: randomUUID() } })).id;
  switch (name) {
    case "an application":
      return { type: "application", id: await application(), applicationId: null };
    case "a workspace": {
      const applicationId = await application();
      const data = { organizationId, applicationId, name: randomUUID() };
      return { type: "workspace", id: (await database().workspace.create({ data })).id, applicationId };
    }
    default: {
      const applicationId = name === "an application's user group" ? await application() : null;
      const data = { organizationId, applicationId, name: randomUUID() };
      return { type: "usergroup", id: (await database().userGroup.create({ data })).id, applicationId };
    }
  }
}

async function grant(
  { organization }: MatrixWorld,
  userId: string,
  resource: Resource,
  accessLevel: AccessLevel,
): Promise<void> {
  const data = { organizationId: organization.id, userId, ...namespaceColumns(resource), accessLevel };
  await database().grant.createMany({ data, skipDuplicates: true });
}

/** Creates a key in a resource. The creator gets a grant there first. */
export async function keyIn(
  world: MatrixWorld,
  userId: string,
  { type, id }: Resource,
  accessLevel: AccessLevel = "MEMBER",
): Promise<string> {
  await grant(world, userId, { type, id }, accessLevel);
  const over = { creatorId: userId, accessLevel, namespace: { type, id } };
  return (await createTestKey(world.organization, over)).id;
}

/** A deleted application. Setting the mark is enough, as it has no grants or keys yet. */
export async function deletedApplication({ organization }: MatrixWorld): Promise<Place> {
  const place = await insertPlace(organization, "an application");
  await database().application.update({ where: { id: place.id }, data: { deletedAt: new Date() } });
  return place;
}
