-- Whether a key is rolling, without a look at its current secret: few keys were ever rolled, so the index has few entries.
CREATE INDEX "api_key_secrets_previous" ON "api_key_secrets"("organization_id", "key_id", "ends_at") WHERE "ends_at" IS NOT NULL;
