import type { AccessLevel } from "@/lib/core/access/access-level";
import type { Resource } from "@/lib/core/access/resource";
import { database } from "@/lib/db/client";
import { namespaceColumns } from "@/lib/services/access/level-in-namespace";
import type { TestOrganization } from "./test-organization";

export type TestResources = Readonly<
  Record<"application" | "workspace" | "group" | "organizationGroup", Resource>
>;

/**
 * Creates an application with a workspace and a user group, and a user group of the organization; nobody has access.
 */
export async function createTestResources(
  { id: organizationId }: Pick<TestOrganization, "id">,
  name = "Storefront",
): Promise<TestResources> {
  const application = await database().application.create({ data: { organizationId, name } });
  const inside = { organizationId, applicationId: application.id };
  const workspace = await database().workspace.create({ data: { ...inside, name: "Production" } });
  const group = await database().userGroup.create({ data: { ...inside, name: "Support" } });
  const own = await database().userGroup.create({ data: { organizationId, name: `Everyone at ${name}` } });
  return {
    application: { type: "application", id: application.id },
    workspace: { type: "workspace", id: workspace.id },
    group: { type: "usergroup", id: group.id },
    organizationGroup: { type: "usergroup", id: own.id },
  };
}

/** Gives somebody a level there without checking permissions: a test's starting point. */
export async function giveTestGrant(
  { id: organizationId }: Pick<TestOrganization, "id">,
  userId: string,
  resource: Resource,
  accessLevel: AccessLevel,
): Promise<void> {
  await database().grant.create({
    data: { organizationId, userId, ...namespaceColumns(resource), accessLevel },
  });
}
