-- The list of keys under a maximum lifetime: whether it ends a key that expires is told without a look into the table.
DROP INDEX "api_keys_by_expiry";
CREATE INDEX "api_keys_by_expiry" ON "api_keys"("organization_id", "expires_at", "id") INCLUDE ("revoked_at", "created_at") WHERE "deleted_at" IS NULL;
