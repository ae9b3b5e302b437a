import { keyUse } from "@/lib/core/keys/impact/key-use";
import type { Transaction } from "@/lib/db/client";
import { keyRowInclude, namespaceOf } from "../read/key-row";
import type { KeyRow } from "../read/key-view";
import type { WithUse } from "./keys-impact";

/** A key in a dialog's list of those that a change ends or limits. */
export type ListedImpact = WithUse<
  Pick<KeyRow, "id" | "name" | "accessLevel" | "namespace" | "lastUsedAt" | "createdBy" | "createdAt">
>;

type Used = { readonly id: string; readonly calls: number };

const { creator, application, workspace, userGroup } = keyRowInclude;

/** The details that a dialog shows of these few keys, in their order. */
export async function listImpact(
  transaction: Transaction,
  organizationId: string,
  used: readonly Used[],
  now: Date,
): Promise<readonly ListedImpact[]> {
  const found = await transaction.apiKey.findMany({
    where: { organizationId, id: { in: used.map(({ id }) => id) } },
    include: {
      organization: { select: { id: true, name: true } },
      creator,
      application,
      workspace,
      userGroup,
    },
  });
  const byId = new Map(found.map((key) => [key.id, key]));
  return used.flatMap(({ id, calls }) => {
    const key = byId.get(id);
    if (key === undefined) return [];
    const { name, accessLevel, lastUsedAt, createdAt } = key;
    const namespace = namespaceOf(key, key.organization);
    const use = keyUse(lastUsedAt, now);
    return [
      { ...{ id, use, calls, name, accessLevel, lastUsedAt, createdAt }, namespace, createdBy: key.creator },
    ];
  });
}
