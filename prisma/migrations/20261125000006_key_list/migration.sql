-- The list of keys, for organizations with a million of them: one index for each order that it can have.
-- DropIndex
DROP INDEX "api_keys_organization_id_created_at_idx";

-- DropIndex
DROP INDEX "api_keys_organization_id_creator_id_idx";

-- What follows is what Prisma's schema language cannot say.

-- Each ends in the id, as the list's order does, and carries what a status is derived from, so that rows are
-- passed over and counted without a look into the table.
CREATE INDEX "api_keys_by_creation" ON "api_keys"("organization_id", "created_at", "id") INCLUDE ("revoked_at", "expires_at") WHERE "deleted_at" IS NULL;
CREATE INDEX "api_keys_by_name" ON "api_keys"("organization_id", "name", "id") INCLUDE ("revoked_at", "expires_at") WHERE "deleted_at" IS NULL;
CREATE INDEX "api_keys_by_type" ON "api_keys"("organization_id", "type", "id") INCLUDE ("revoked_at", "expires_at") WHERE "deleted_at" IS NULL;
CREATE INDEX "api_keys_by_level" ON "api_keys"("organization_id", "access_level", "id") INCLUDE ("revoked_at", "expires_at") WHERE "deleted_at" IS NULL;
CREATE INDEX "api_keys_by_expiry" ON "api_keys"("organization_id", "expires_at", "id") INCLUDE ("revoked_at") WHERE "deleted_at" IS NULL;
CREATE INDEX "api_keys_by_creator" ON "api_keys"("organization_id", "creator_id", "id") INCLUDE ("revoked_at", "expires_at") WHERE "deleted_at" IS NULL;
-- Few among many, they would be a long walk in any other.
CREATE INDEX "api_keys_revoked" ON "api_keys"("organization_id", "created_at", "id") WHERE "revoked_at" IS NOT NULL AND "deleted_at" IS NULL;

-- What a search finds in a key, as lib/services/keys/key-search asks for it. Not only keys on lists: of such an
-- index PostgreSQL would not use what it knows about how common a text is. Without the extension, which is not
-- on every server, a search finds the same and takes longer; see docs/decisions/027-key-list.md.
DO $$
BEGIN
  CREATE EXTENSION IF NOT EXISTS "pg_trgm";
  CREATE INDEX "api_keys_search" ON "api_keys" USING gin (lower("name" || E'\x1f' || "description" || E'\x1f' || "id") gin_trgm_ops) WITH (fastupdate = off);
EXCEPTION WHEN undefined_file OR feature_not_supported OR insufficient_privilege OR undefined_object THEN
  RAISE NOTICE 'There is no pg_trgm here: searches among very many keys will take seconds';
END
$$;
