import type { Transaction } from "@/lib/db/client";
import type { ApiKeyModel } from "@/lib/db/generated/models";

/**
 * Was the current secret of this key ever used? Whoever presents it has it, also when it may not do what they ask or
 * comes from the wrong address. Asks what was added to it, what nodes have written and not
 * added yet, and whether tokens were granted for it. A node writes each half second, and a client library
 * reports each second: a first use in the last moment is not known here.
 */
export async function wasSecretUsed(
  transaction: Transaction,
  { id: keyId, organizationId, secretVersion: version }: ApiKeyModel,
): Promise<boolean> {
  const [found] = await transaction.$queryRaw<{ used: boolean }[]>`
    SELECT s.last_used_at IS NOT NULL OR s.was_refused
      OR EXISTS (SELECT 1 FROM token_families f WHERE f.organization_id = s.organization_id
        AND f.key_id = s.key_id AND f.secret_id = s.id)
      OR EXISTS (SELECT 1 FROM usage_batches b
        WHERE b.uses @> jsonb_build_array(jsonb_build_object('secret', s.id::text))) AS used
    FROM api_key_secrets s
    WHERE s.organization_id = ${organizationId}::uuid AND s.key_id = ${keyId} AND s.version = ${version}`;
  return found?.used ?? true;
}
