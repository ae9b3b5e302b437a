import type { Transaction } from "@/lib/db/client";
import type { ApiKeyModel } from "@/lib/db/generated/models";

/**
 * Was the current secret of this key ever used? A rejected call counts too, since its sender has the secret. Checks the
 * secret's row, usage that nodes have written but not yet merged into it, and tokens issued for the secret. Nodes write
 * usage every half second and client libraries report every second, so a use in the last moment may be missed.
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
        WHERE b.calls @> jsonb_build_array(jsonb_build_object('secret', s.id::text))) AS used
    FROM api_key_secrets s
    WHERE s.organization_id = ${organizationId}::uuid AND s.key_id = ${keyId} AND s.version = ${version}`;
  return found?.used ?? true;
}
