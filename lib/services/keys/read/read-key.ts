import { explainPermissions } from "@/lib/core/access/explain-permissions";
import { mayManageKey } from "@/lib/core/access/manage-keys";
import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { database } from "@/lib/db/client";
import type { MemberContext } from "@/lib/services/access/context";
import { levelInNamespace } from "@/lib/services/access/level-in-namespace";
import { personSelect } from "@/lib/services/users/person-select";
import { readImpact } from "./key-impact";
import { keyManager, keyRoles, keyRowInclude, toKeyRow } from "./key-row";
import { readDailyUsage } from "./key-usage";
import type { KeyDetails } from "./key-view";

/** Everything about one key, for the sheet "API Key Details". */
export async function readKey(context: MemberContext, keyId: string): Promise<Result<KeyDetails>> {
  const { organization, origin } = context;
  const key = await database().apiKey.findFirst({
    where: { id: keyId, organizationId: organization.id, deletedAt: null },
    include: {
      ...keyRowInclude,
      secrets: {
        orderBy: { endsAt: { sort: "desc", nulls: "first" } },
        select: { version: true, createdAt: true, lastUsedAt: true, endsAt: true, publicToken: true },
      },
      pausedBy: { select: personSelect },
      revokedBy: { select: personSelect },
    },
  });
  if (key === null || !mayManageKey(keyManager(context), "read", key)) {
    return failure("not_found", "There is no such API key.");
  }
  const namespace = toKeyRow(key, context).namespace;
  const creatorLevel = await levelInNamespace(database(), organization.id, key.creatorId, namespace);
  const explanation = explainPermissions({
    ...key,
    roles: keyRoles(key),
    creatorLevel,
    keyCreators: organization.keyCreators,
  });
  const [current, ...previous] = key.secrets;
  const own = key.creatorId === context.actor.userId;
  return success({
    ...toKeyRow({ ...key, secrets: previous }, context, own ? creatorLevel : null),
    pausedBy: key.pausedBy,
    revokedAt: key.revokedAt,
    revokedBy: key.revokedBy,
    publicToken: current?.publicToken ?? null,
    impact: await readImpact(key, origin.at),
    dailyUsage: await readDailyUsage(key, origin.at),
    secrets: key.secrets
      .filter((secret) => secret.endsAt === null || secret.endsAt > origin.at)
      .map(({ version, createdAt, lastUsedAt, endsAt }) => ({ version, createdAt, lastUsedAt, endsAt })),
    creatorLevel,
    permissions: explanation.filter((line) => line.hindrance === null).map((line) => line.permission),
    explanation,
  });
}
