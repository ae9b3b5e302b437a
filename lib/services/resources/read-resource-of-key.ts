import { permissionWords } from "@/lib/core/access/namespace";
import type { Resource } from "@/lib/core/access/resource";
import { keySees, mayKeyRead } from "@/lib/core/keys/key-reach";
import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { database } from "@/lib/db/client";
import type { KeyContext } from "@/lib/services/access/key-context";
import { callerRevoked } from "@/lib/services/access/lock-calling-key";
import { readKeyPlace } from "./read-key-place";
import type { FoundResource } from "./resource-table";
import { findResource } from "./resource-table";
import { resourceWords } from "./resource-words";

/** One application, workspace or user group that a key sees, with the same visibility as in its list. */
export async function readResourceOfKey(
  context: KeyContext,
  resource: Resource,
): Promise<Result<FoundResource>> {
  const place = await readKeyPlace(database(), context);
  if (place === null) return callerRevoked;
  const found = await findResource(database(), context.organization.id, resource, "none");
  if (found === null || !keySees(place, found)) {
    return failure("not_found", `There is no such ${resourceWords[resource.type]}.`);
  }
  if (mayKeyRead(context.actor, resource.type)) return success(found);
  return failure("forbidden", `This needs the permission ${permissionWords[resource.type]}:read.`);
}
