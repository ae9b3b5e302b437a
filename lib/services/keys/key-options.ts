import type { AccessLevel } from "@/lib/core/access-level";
import { generatableLevels } from "@/lib/core/manage-keys";
import type { Result } from "@/lib/core/result";
import { success } from "@/lib/core/result";
import { database } from "@/lib/db/client";
import type { MemberContext } from "@/lib/services/context";
import { roleCatalog } from "./find-roles";
import { keyManager } from "./key-row";
import type { KeyOptions } from "./key-view";

/** What the dialog "Generate New Key" offers to this person. [B3, P7, S5] */
export async function keyOptions(context: MemberContext): Promise<Result<KeyOptions>> {
  const { organization, level } = context;
  const accessLevels: AccessLevel[] = generatableLevels(keyManager(context), level);
  const roles = await roleCatalog(database(), organization.id);
  return success({
    accessLevels,
    namespaces: [{ type: "organization", id: organization.id, name: organization.name }],
    roles: roles.map(({ id, title, description, permissions }) => ({ id, title, description, permissions })),
  });
}
