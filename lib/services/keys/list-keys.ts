import type { KeySortColumn } from "@/lib/core/key-list-state";
import type { StatusFilter } from "@/lib/core/key-status";
import { maySeeAllKeys, maySeeOwnKeys } from "@/lib/core/manage-keys";
import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { database } from "@/lib/db/client";
import { escapeLike } from "@/lib/db/escape-like";
import type { Prisma } from "@/lib/db/generated/client";
import type { KeyListInput } from "@/lib/schemas/key-list";
import type { MemberContext } from "@/lib/services/context";
import { keyManager, keyRowInclude, toKeyRow } from "./key-row";
import type { KeyPage } from "./key-view";
import { ownLevels } from "./own-levels";
import { statusWhere } from "./status-where";

/** One page of the organization's API keys. Not found for who may not see it. [B2, S2, S3, S4, Y4] */
export async function listKeys(context: MemberContext, input: KeyListInput): Promise<Result<KeyPage>> {
  if (!maySeeAllKeys(keyManager(context))) return failure("not_found", "There is no such page.");
  return success(await readPage(context, input, {}));
}

/** One page of the keys that this person created. Not found for who may not create any. [L12, Y2] */
export async function listOwnKeys(context: MemberContext, input: KeyListInput): Promise<Result<KeyPage>> {
  if (!maySeeOwnKeys(keyManager(context))) return failure("not_found", "There is no such page.");
  return success(await readPage(context, input, { creatorId: context.actor.userId }));
}

async function readPage(
  context: MemberContext,
  input: KeyListInput,
  whose: Prisma.ApiKeyWhereInput,
): Promise<KeyPage> {
  const now = context.origin.at;
  const found: Prisma.ApiKeyWhereInput = {
    ...whose,
    organizationId: context.organization.id,
    deletedAt: null,
    ...searchWhere(input.search),
  };
  const count = (filter: StatusFilter) =>
    database().apiKey.count({ where: { AND: [found, statusWhere(filter, now)] } });

  const [records, active, revoked, expired, all] = await Promise.all([
    database().apiKey.findMany({
      where: { AND: [found, statusWhere(input.status, now)] },
      include: keyRowInclude,
      // The id last: equal values must not change places between two pages.
      orderBy: [sortOrder(input.sort, input.direction), { id: input.direction }],
      skip: (input.page - 1) * input.pageSize,
      take: input.pageSize,
    }),
    count("active"),
    count("revoked"),
    count("expired"),
    count("all"),
  ]);
  const counts = { active, revoked, expired, all };
  const levelThere = await ownLevels(context, records);
  const rows = records.map((key) => toKeyRow(key, context, levelThere(key)));
  return { rows, total: counts[input.status], counts };
}

/**
 * By name, description, key id (with or without `key_`), the creator's name and email, and the name of the
 * application, workspace or user group. Not by the organization's, which would find nearly all. [S2]
 */
export function searchWhere(search: string): Prisma.ApiKeyWhereInput {
  if (search === "") return {};
  const contains = { contains: escapeLike(search), mode: "insensitive" } as const;
  const id = search.replace(/^key_/, "");
  return {
    OR: [
      { name: contains },
      { description: contains },
      { creator: { OR: [{ name: contains }, { email: contains }] } },
      { application: { name: contains } },
      { workspace: { OR: [{ name: contains }, { application: { name: contains } }] } },
      { userGroup: { OR: [{ name: contains }, { application: { name: contains } }] } },
      ...(id === "" ? [] : [{ id: { contains: escapeLike(id), mode: "insensitive" } as const }]),
    ],
  };
}

function sortOrder(column: KeySortColumn, direction: "asc" | "desc"): Prisma.ApiKeyOrderByWithRelationInput {
  switch (column) {
    case "name":
      return { name: direction };
    case "type":
      return { type: direction };
    case "accessLevel":
      return { accessLevel: direction };
    case "createdBy":
      return { creator: { name: direction } };
    case "created":
      return { createdAt: direction };
    // Never used comes after every use, and never expires after every expiry.
    case "lastUsed":
      return { lastUsedAt: { sort: direction, nulls: direction === "asc" ? "first" : "last" } };
    case "expires":
      return { expiresAt: { sort: direction, nulls: direction === "asc" ? "last" : "first" } };
  }
}
