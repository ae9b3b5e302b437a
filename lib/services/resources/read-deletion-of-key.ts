import { permissionWords } from "@/lib/core/access/namespace";
import type { Resource } from "@/lib/core/access/resource";
import { isInNamespace, keySees } from "@/lib/core/keys/key-reach";
import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { database } from "@/lib/db/client";
import type { KeyContext } from "@/lib/services/access/key-context";
import { callerRevoked } from "@/lib/services/access/lock-calling-key";
import { readLifetimeBound } from "@/lib/services/access/read-lifetime-bound";
import { statusWhere } from "@/lib/services/keys/read/status-where";
import { readKeyPlace } from "./read-key-place";
import { belongsTo, childrenOf } from "./resource-contents";
import { findResource } from "./resource-table";
import type { ResourceDeletion } from "./resource-view";
import { resourceRefusals, resourceWords } from "./resource-words";

/** Counts what a deletion by this key would end. Only numbers, since it does not see all the keys. */
export async function readDeletionOfKey(
  context: KeyContext,
  resource: Resource,
): Promise<Result<Pick<ResourceDeletion, "keyTotal" | "workspaces" | "userGroups" | "people">>> {
  const { organization, actor, origin } = context;
  const place = await readKeyPlace(database(), context);
  if (place === null) return callerRevoked;
  const found = await findResource(database(), organization.id, resource, "none");
  if (found === null || !keySees(place, found)) {
    return failure("not_found", `There is no such ${resourceWords[resource.type]}.`);
  }
  const permission = `${permissionWords[resource.type]}:delete`;
  if (!isInNamespace(place, found) || !actor.permissions.includes(permission)) {
    return failure("forbidden", resourceRefusals.delete(resource.type));
  }
  const children = await childrenOf(database(), organization.id, resource, { lock: false });
  const bound = await readLifetimeBound(database(), organization.id);
  const ending = [belongsTo([resource, ...children]), statusWhere("active", { ...bound, now: origin.at })];
  const [keyTotal, people] = await Promise.all([
    database().apiKey.count({ where: { organizationId: organization.id, AND: ending } }),
    database().grant.count({ where: { organizationId: organization.id, ...belongsTo([resource]) } }),
  ]);
  return success({
    keyTotal,
    workspaces: children.filter(({ type }) => type === "workspace").length,
    userGroups: children.filter(({ type }) => type === "usergroup").length,
    people,
  });
}
