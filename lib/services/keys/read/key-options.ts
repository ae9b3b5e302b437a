import { generatableLevels, maySeeOwnKeys } from "@/lib/core/access/manage-keys";
import { namespacePath } from "@/lib/core/access/namespace";
import { levelHolds } from "@/lib/core/access/permission";
import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { database } from "@/lib/db/client";
import type { MemberContext } from "@/lib/services/access/context";
import { keyManager } from "@/lib/services/access/key-manager";
import { roleCatalog } from "./find-roles";
import type { KeyOptions, NamespaceView } from "./key-view";

/** The choices that the dialog "Generate New Key" offers this person: only levels that they may give a key. */
export async function keyOptions(context: MemberContext): Promise<Result<KeyOptions>> {
  const { organization, level } = context;
  const manager = keyManager(context);
  if (!maySeeOwnKeys(manager)) return failure("forbidden", "You may not generate keys in this organization.");
  const [granted, withoutAccess, roles] = await Promise.all([
    grantedNamespaces(context),
    countWithoutAccess(context),
    roleCatalog(database(), organization.id),
  ]);
  const { id, name, keyCreators, requireExpiry, maximumLifetimeDays } = organization;
  return success({
    namespaces: [{ type: "organization" as const, id, name, level }, ...granted].map((namespace) => ({
      ...namespace,
      levels: generatableLevels(manager, namespace.level),
    })),
    withoutAccess,
    managesGrants: levelHolds(level, "users:update", keyCreators),
    managesRoles: levelHolds(level, "roles:manage", keyCreators),
    keyCreators,
    lifetime: { requireExpiry, maximumLifetimeDays },
    roles: roles.map((role) => ({
      id: role.id,
      title: role.title,
      description: role.description,
      permissions: role.permissions,
      publishable: role.publishable,
    })),
  });
}

const typeOrder = ["organization", "application", "workspace", "usergroup"];
const there = { select: { id: true, name: true, deletedAt: true } } as const;
const inApplication = {
  select: { ...there.select, application: { select: { name: true, deletedAt: true } } },
} as const;

/** The applications, workspaces and user groups where this person has a grant. */
async function grantedNamespaces({ organization, actor }: MemberContext) {
  const grants = await database().grant.findMany({
    where: { organizationId: organization.id, userId: actor.userId },
    select: { accessLevel: true, application: there, workspace: inApplication, userGroup: inApplication },
  });
  const namespaces = grants.flatMap(({ accessLevel: level, application, workspace, userGroup }) => {
    const within = workspace ?? userGroup;
    const place = within ?? application;
    if (place === null || place.deletedAt !== null || (within?.application?.deletedAt ?? null) !== null)
      return [];
    const type: NamespaceView["type"] = application ? "application" : workspace ? "workspace" : "usergroup";
    return [
      { type, id: place.id, name: namespacePath(place.name, within?.application?.name ?? null), level },
    ];
  });
  return namespaces.sort(
    (a, b) =>
      typeOrder.indexOf(a.type) - typeOrder.indexOf(b.type) ||
      a.name.localeCompare(b.name, "en") ||
      (a.id < b.id ? -1 : 1),
  );
}

/**
 * Counts the applications, workspaces and user groups that this person sees but has no grant in. Everyone sees
 * applications and the organization's own user groups. Resources inside an application are visible to people with a
 * grant there and to the organization's owners.
 */
async function countWithoutAccess({ organization, actor, level }: MemberContext): Promise<number> {
  const mine = { some: { userId: actor.userId } };
  const here = {
    organizationId: organization.id,
    deletedAt: null,
    grants: { none: { userId: actor.userId } },
  };
  const application = { deletedAt: null, ...(level === "OWNER" ? {} : { grants: mine }) };
  const counts = await Promise.all([
    database().application.count({ where: here }),
    database().workspace.count({ where: { ...here, application } }),
    database().userGroup.count({ where: { ...here, OR: [{ applicationId: null }, { application }] } }),
  ]);
  return counts.reduce((sum, count) => sum + count, 0);
}
