import type { Transaction } from "@/lib/db/client";
import { env } from "@/lib/env";
import type { OrganizationId } from "@/lib/services/access/context";
import { randomKeyId } from "@/lib/token/format";
import { importedText } from "@/lib/token/imported-token";
import { hashesOf, hashToken, organizationPeppers } from "@/lib/token/secret";
import type { NewKey } from "../insert-key";
import { insertRoles, keyRow } from "../insert-key";

type Hashed = { readonly sha256: string };

/** Which of these tokens were imported before, under any pepper. */
export async function takenHashes(
  transaction: Transaction,
  organizationId: OrganizationId,
  keys: readonly Hashed[],
): Promise<ReadonlySet<string>> {
  const peppers = organizationPeppers(env().peppers, organizationId);
  const sha256ByHash = new Map(
    keys.flatMap(({ sha256 }) =>
      hashesOf(importedText(sha256), peppers).map(({ hash }) => [hash.toString("hex"), sha256] as const),
    ),
  );
  const found = await transaction.$queryRaw<{ hash: string }[]>`
    SELECT encode(s.hash, 'hex') AS hash
    FROM unnest(${[...sha256ByHash.keys()]}::text[]) AS asked (hash)
    JOIN api_key_secrets s ON s.organization_id = ${organizationId}::uuid
      AND s.hash = decode(asked.hash, 'hex') AND s.imported`;
  return new Set(found.map(({ hash }) => sha256ByHash.get(hash) ?? ""));
}

/**
 * Writes the keys, their tokens' hashes and their roles, and marks the organization as having imported keys. Checks no
 * permissions: the calling verb has done so.
 *
 * @returns the keys' ids
 */
export async function insertImported(
  transaction: Transaction,
  organizationId: OrganizationId,
  keys: readonly (NewKey & Hashed)[],
): Promise<readonly string[]> {
  const peppers = organizationPeppers(env().peppers, organizationId);
  const named = keys.map(({ sha256, ...key }) => ({ id: randomKeyId(), sha256, key }));
  await transaction.apiKey.createMany({
    data: named.map(({ id, key }) => ({ ...keyRow(id, key), imported: true })),
  });
  await transaction.apiKeySecret.createMany({
    data: named.map(({ id: keyId, sha256, key: { createdAt } }) => {
      const { hash, pepperVersion } = hashToken(importedText(sha256), peppers);
      return {
        ...{ organizationId, keyId, keyType: "secret" as const, version: 1, createdAt },
        ...{ hash: new Uint8Array(hash), pepperVersion, imported: true },
      };
    }),
  });
  await insertRoles(
    transaction,
    organizationId,
    named.map(({ id, key: { roles } }) => ({ id, roles })),
  );
  await transaction.organization.updateMany({
    where: { id: organizationId, hasImportedKeys: false },
    data: { hasImportedKeys: true },
  });
  return named.map(({ id }) => id);
}
