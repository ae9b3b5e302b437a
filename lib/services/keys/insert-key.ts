import type { KeyType } from "@/lib/core/access/effective-permissions";
import type { Namespace } from "@/lib/core/access/namespace";
import { builtInRole } from "@/lib/core/access/role";
import type { Transaction } from "@/lib/db/client";
import type { ApiKeyModel } from "@/lib/db/generated/models";
import { env } from "@/lib/env";
import type { OrganizationId } from "@/lib/services/access/context";
import { namespaceColumns } from "@/lib/services/access/level-in-namespace";
import { buildToken, randomKeyId } from "@/lib/token/format";
import { hashToken, organizationPeppers } from "@/lib/token/secret";
import type { KeyAttributes } from "./key-attributes";
import type { KeyLimits } from "./key-limits";
import { limitColumns } from "./key-limits";
import { readTokenPrefix } from "./token-prefix";

type Columns = "creatorId" | "name" | "description" | "type" | "accessLevel" | "createdAt" | "expiresAt";

/**
 * `createdByKeyId` is the calling key, if a key creates this one. `createdByFamilyId` is the token family with which
 * this key ends, if an access token, or a key created with one, creates it.
 */
export type NewKey = Readonly<Pick<ApiKeyModel, Columns>> &
  Partial<KeyLimits & KeyAttributes & Pick<ApiKeyModel, "createdByKeyId" | "createdByFamilyId">> & {
    readonly organizationId: OrganizationId;
    readonly namespace: Namespace;
    /** Public role ids. The caller has checked that they exist. */
    readonly roles: readonly string[];
  };

/**
 * Writes a key, its first secret and its roles. Checks no permissions: the calling verb has done so.
 *
 * @returns the key's id and token; a secret key's token is not stored anywhere
 */
export async function insertKey(
  transaction: Transaction,
  key: NewKey,
): Promise<{ id: string; token: string }> {
  const { organizationId, type, createdAt, roles } = key;
  const id = randomKeyId();
  const token = buildToken(type, id, await readTokenPrefix(organizationId, transaction));
  await transaction.apiKey.create({ data: keyRow(id, key) });
  await insertSecret(transaction, { organizationId, keyId: id, type, version: 1, token, createdAt });
  await insertRoles(transaction, organizationId, [{ id, roles }]);
  return { id, token };
}

/** The row of a new key. */
export function keyRow(id: string, key: NewKey) {
  const { namespace, roles, allowedAddresses = [], rateLimit = null, ...columns } = key;
  return {
    ...columns,
    id,
    liveCreatorId: columns.creatorId,
    namespaceType: namespace.type,
    ...namespaceColumns(namespace),
    ...limitColumns({ allowedAddresses, rateLimit }),
  };
}

/** @param keys with the public ids of their roles, which the caller has checked to exist */
export async function insertRoles(
  transaction: Transaction,
  organizationId: OrganizationId,
  keys: readonly { readonly id: string; readonly roles: readonly string[] }[],
): Promise<void> {
  const named = keys.flatMap(({ roles }) => roles).filter((role) => builtInRole(role) === undefined);
  const own = await transaction.role.findMany({
    where: { organizationId, roleId: { in: [...new Set(named)] } },
    select: { id: true, roleId: true },
  });
  const ownIds = new Map(own.map(({ id, roleId }) => [roleId, id]));
  const rowOf = (role: string): { builtInRoleId?: string; roleId?: string }[] => {
    if (builtInRole(role) !== undefined) return [{ builtInRoleId: role }];
    const roleId = ownIds.get(role);
    return roleId === undefined ? [] : [{ roleId }];
  };
  await transaction.apiKeyRole.createMany({
    data: keys.flatMap(({ id: keyId, roles }) =>
      roles.flatMap(rowOf).map((row) => ({ organizationId, keyId, ...row })),
    ),
  });
  const unlimited = keys.filter(({ roles }) => roles.includes("full_access")).map(({ id }) => id);
  if (unlimited.length > 0) await markBoundless(transaction, organizationId, unlimited);
}

/** Marks a key that is over-privileged from the start. For other keys, `markOverPrivileged` finds out later. */
async function markBoundless(
  transaction: Transaction,
  organizationId: OrganizationId,
  keyIds: readonly string[],
): Promise<void> {
  await transaction.$executeRaw`
    UPDATE api_keys k SET over_privileged = true FROM organizations o
    WHERE o.id = ${organizationId}::uuid AND o.maximum_lifetime_days IS NULL AND k.organization_id = o.id
      AND k.id = ANY(${keyIds}) AND k.access_level = 'OWNER' AND k.expires_at IS NULL AND NOT k.over_privileged`;
}

export async function insertSecret(
  transaction: Transaction,
  secret: {
    readonly organizationId: OrganizationId;
    readonly keyId: string;
    readonly type: KeyType;
    readonly version: number;
    readonly token: string;
    readonly createdAt: Date;
    readonly rolledWithId?: string | null;
  },
): Promise<void> {
  const { organizationId, keyId, type, version, token, createdAt, rolledWithId = null } = secret;
  const { hash, pepperVersion } = hashToken(token, organizationPeppers(env().peppers, organizationId));
  await transaction.apiKeySecret.create({
    data: {
      organizationId,
      keyId,
      keyType: type,
      version,
      hash: new Uint8Array(hash),
      pepperVersion,
      publicToken: type === "public" ? token : null,
      createdAt,
      rolledWithId,
    },
  });
}
