-- What needs attention in an organization, found among a million keys.

-- Prisma's schema language cannot say any of these.

CREATE INDEX "api_key_secrets_in_grace" ON "api_key_secrets"("organization_id", "ends_at") WHERE "ends_at" IS NOT NULL;
CREATE INDEX "api_keys_leaked" ON "api_keys"("organization_id", "revoked_at") WHERE "revocation_reason" = 'leaked' AND "deleted_at" IS NULL;
