import type { AccessLevel } from "@/lib/core/access/access-level";
import type { Resource, ResourceType } from "@/lib/core/access/resource";
import { giveGrant } from "@/lib/services/grants/give-grant";
import { createResource } from "@/lib/services/resources/create-resource";
import type { ActAs } from "./seed-result";
import { expect } from "./seed-result";

const applications = [
  { name: "Storefront", workspaces: ["Production", "Staging", "Preview"], groups: ["Checkout team"] },
  { name: "Fleet control", workspaces: ["Europe", "North America"], groups: ["Operators", "Auditors"] },
  { name: "Warehouse", workspaces: ["Production"], groups: [] },
];

/**
 * Creates applications with workspaces and user groups as the owner, and grants some people access. Returns them in the
 * order of creation.
 */
export async function seedResources(actAs: ActAs, at: Date): Promise<Resource[]> {
  const owner = await actAs("OWNER", at);
  const made: Resource[] = [];
  const create = async (type: ResourceType, name: string, applicationId: string | null) => {
    const resource = { type, ...expect(await createResource(owner, { type, name, applicationId })) };
    made.push(resource);
    return resource;
  };
  const give = async (level: AccessLevel, resource: Resource, accessLevel: AccessLevel) => {
    const { userId } = (await actAs(level, at)).actor;
    expect(await giveGrant(owner, { resource, userId, accessLevel }));
  };

  for (const [index, { name, workspaces, groups }] of applications.entries()) {
    const application = await create("application", name, null);
    if (index < 2) await give("ADMIN", application, "ADMIN");
    for (const workspace of workspaces) {
      const resource = await create("workspace", workspace, application.id);
      if (index === 0) await give("MEMBER", resource, "MEMBER");
    }
    for (const group of groups) await create("usergroup", group, application.id);
  }
  await create("usergroup", "On call", null);
  return made;
}
