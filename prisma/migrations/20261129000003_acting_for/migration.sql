-- Whom a key acted for when it did something. Entries of before have none, and their hashes stay good: the hash
-- covers the column where it is set.
ALTER TABLE "audit_entries" ADD COLUMN "on_behalf_of_id" UUID;

-- A key that was made with an access token ends with the token's family. No foreign key: families are forgotten
-- when their time is over, and such keys end no later.
ALTER TABLE "api_keys" ADD COLUMN "created_by_family_id" UUID;

-- Nearly all keys have none.
CREATE INDEX "api_keys_created_by_family_id_live" ON "api_keys" ("created_by_family_id")
  WHERE "created_by_family_id" IS NOT NULL AND "revoked_at" IS NULL;
