import { mayKeyManageKey } from "@/lib/core/access/manage-keys";
import type { Namespace } from "@/lib/core/access/namespace";
import { sameNamespace } from "@/lib/core/access/namespace";
import { effectiveEnd, expirySetBy, maximumFor } from "@/lib/core/keys/effective-end";
import type { KeyListStatus } from "@/lib/core/keys/key-list-settings";
import type { ListPosition } from "@/lib/core/list-cursor";
import { cutPage } from "@/lib/core/list-cursor";
import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { database } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { readWhileNodesAcknowledge } from "@/lib/db/unit-of-work";
import type { KeyContext } from "@/lib/services/access/key-context";
import { namespaceColumns, namespaceOfKey } from "@/lib/services/access/level-in-namespace";
import { readLifetimeBound } from "@/lib/services/access/read-lifetime-bound";
import { resourceTable } from "@/lib/services/resources/resource-table";
import type { AskedFilters } from "../filter/asked-filters";
import { conditionsOf } from "../filter/asked-filters";
import { filterSql } from "../filter/key-conditions";
import { attributesOfKey } from "../key-attributes";
import { limitsOfKey } from "../key-limits";
import { hasImportedToken, keyRoles, keyRowInclude, statusOf } from "./key-row";
import { keySearch, meets } from "./key-search";
import type { StatusAt } from "./status-where";
import { statusSql } from "./status-where";

/** A key as another key sees it. The API returns only the fields that `apiKeyJson` declares. */
export type KeyOfKey = ReturnType<typeof toView>;

type KeysOfKeyInput = AskedFilters & {
  readonly limit: number;
  readonly after: ListPosition | null;
  readonly status: KeyListStatus;
  readonly namespace?: Namespace | undefined;
  readonly search: string;
};
type KeysOfKey = { readonly rows: readonly KeyOfKey[]; readonly next: ListPosition | null };

/** A key sees namespaces only by id, from the other key's own columns, never their names. */
const included = {
  creator: keyRowInclude.creator,
  roles: keyRowInclude.roles,
  // The current secret, and the previous one with the latest end.
  secrets: {
    orderBy: { endsAt: { sort: "desc", nulls: "first" } },
    take: 2,
    select: { endsAt: true, publicToken: true },
  },
} as const satisfies Prisma.ApiKeyInclude;
const needsRead = failure("forbidden", "This needs the permission keys:read.");

/** One page of the keys in the calling key's namespace, oldest first. Deleted keys are never listed. */
export async function listKeysOfKey(context: KeyContext, input: KeysOfKeyInput): Promise<Result<KeysOfKey>> {
  const { actor } = context;
  if (!actor.permissions.includes("keys:read")) return needsRead;
  const { namespace = actor.namespace } = input;
  if (!sameNamespace(namespace, actor.namespace)) return success({ rows: [], next: null });
  const statusAt = await statusAtOf(context);
  const ids = await findIds(context, statusAt, input);
  const found = await database().apiKey.findMany({
    where: { ...ofNamespace(context), id: { in: ids } },
    include: included,
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
  return success(
    cutPage(
      found.map((key) => toView(key, statusAt)),
      input.limit,
    ),
  );
}

/** The ids on the page, plus one that shows whether more follow. */
async function findIds(
  { organization, actor }: KeyContext,
  statusAt: StatusAt,
  { limit, after, status, search, ...filters }: KeysOfKeyInput,
): Promise<string[]> {
  const { type, id } = actor.namespace;
  const conditions = [
    Prisma.sql`k.organization_id = ${organization.id}::uuid AND k.deleted_at IS NULL`,
    type === "organization"
      ? Prisma.sql`k.namespace_type = 'organization'`
      : Prisma.sql`k.${resourceTable[type].column} = ${id}::uuid`,
    statusSql(status, statusAt),
    ...filterSql(organization.id, statusAt, conditionsOf(filters)),
  ];
  if (after !== null) {
    conditions.push(Prisma.sql`(k.created_at, k.id) > (${after.createdAt}::timestamptz, ${after.id})`);
  }
  if (search !== "") {
    conditions.push(meets(await keySearch(organization.id, search)));
  }
  const rows = await database().$queryRaw<{ id: string }[]>`
    SELECT k.id FROM api_keys k WHERE ${Prisma.join(conditions, " AND ")}
    ORDER BY k.created_at, k.id LIMIT ${limit + 1}`;
  return rows.map((row) => row.id);
}

/** One key in the calling key's namespace. */
export async function readKeyOfKey(
  context: KeyContext,
  { keyId }: { readonly keyId: string },
): Promise<Result<KeyOfKey>> {
  const found = await showKeyOfKey(context, { keyId });
  if (!found.ok) return found;
  const { actor, level } = context;
  return mayKeyManageKey({ ...actor, level }, "read", found.value) ? found : needsRead;
}

/**
 * Like `readKeyOfKey`, without requiring keys:read: it answers a change, which a key may make without that permission.
 */
export async function showKeyOfKey(
  context: KeyContext,
  { keyId }: { readonly keyId: string },
): Promise<Result<KeyOfKey>> {
  const key = await database().apiKey.findFirst({
    where: { ...ofNamespace(context), id: keyId },
    include: included,
  });
  if (key === null) return failure("not_found", "There is no such API key.");
  return success(toView(key, await statusAtOf(context)));
}

/** Like `showKeyOfKey`, for several keys in the order of the ids. */
export async function showKeysOfKey(context: KeyContext, keyIds: readonly string[]): Promise<KeyOfKey[]> {
  const found = await database().apiKey.findMany({
    where: { ...ofNamespace(context), id: { in: [...keyIds] } },
    include: included,
  });
  const statusAt = await statusAtOf(context);
  const byId = new Map(found.map((key) => [key.id, toView(key, statusAt)]));
  return keyIds.flatMap((id) => byId.get(id) ?? []);
}

/** Changes a key and returns its new state. */
export async function changeAndShow(
  context: KeyContext,
  keyId: string,
  change: () => Promise<Result<null>>,
): Promise<Result<KeyOfKey>> {
  const { worked, read } = await readWhileNodesAcknowledge(change, () => showKeyOfKey(context, { keyId }));
  return worked.ok ? read() : worked;
}

function ofNamespace({ organization, actor }: KeyContext): Prisma.ApiKeyWhereInput {
  return {
    organizationId: organization.id,
    namespaceType: actor.namespace.type,
    ...namespaceColumns(actor.namespace),
    deletedAt: null,
  };
}

async function statusAtOf({ organization, origin }: KeyContext): Promise<StatusAt> {
  return { ...(await readLifetimeBound(database(), organization.id)), now: origin.at };
}

type Found = Prisma.ApiKeyGetPayload<{ include: typeof included }>;

function toView({ secrets: [current, previous], creator, ...key }: Found, statusAt: StatusAt) {
  const lifetime = { ...key, maximumLifetimeDays: maximumFor(statusAt, key.id) };
  return {
    ...key,
    ...limitsOfKey(key),
    ...attributesOfKey(key),
    ...statusOf(lifetime, previous?.endsAt ?? null, statusAt.now),
    expiresAt: effectiveEnd(lifetime),
    expirySetBy: expirySetBy(lifetime),
    ownExpiresAt: key.expiresAt,
    roles: keyRoles(key).map(({ id }) => id),
    namespace: namespaceOfKey(key),
    createdBy: creator,
    publicToken: current?.publicToken ?? null,
    imported: hasImportedToken(key),
  };
}
