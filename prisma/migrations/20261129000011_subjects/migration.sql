-- Whose key it is: a subject and metadata, which verification returns, and labels, for people to filter by.

-- AlterTable
ALTER TABLE "api_keys" ADD COLUMN     "labels" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "metadata" TEXT,
ADD COLUMN     "subject" TEXT;

-- What follows is what Prisma's schema language cannot say.

ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_subject_length" CHECK (char_length("subject") BETWEEN 1 AND 200);
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_metadata_length" CHECK (octet_length("metadata") <= 2048);
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_labels_object" CHECK (jsonb_typeof("labels") = 'object');

CREATE INDEX "api_keys_by_subject" ON "api_keys"("organization_id", "subject", "id") WHERE "subject" IS NOT NULL AND "deleted_at" IS NULL;
CREATE INDEX "api_keys_by_label" ON "api_keys" USING gin ("labels" jsonb_path_ops) WHERE "labels" <> '{}';

-- A search also finds the subject. Without the extension it takes longer, as before.
DO $$
BEGIN
  DROP INDEX IF EXISTS "api_keys_search";
  CREATE INDEX "api_keys_search" ON "api_keys" USING gin (lower("name" || E'\x1f' || "description" || E'\x1f' || "id" || E'\x1f' || coalesce("subject", '')) gin_trgm_ops) WITH (fastupdate = off);
EXCEPTION WHEN undefined_file OR feature_not_supported OR insufficient_privilege OR undefined_object THEN
  RAISE NOTICE 'There is no pg_trgm here: searches among very many keys will take seconds';
END
$$;

-- A change of subject or metadata is final on every node before it is answered.
DROP TRIGGER "api_keys_announce_update" ON "api_keys";
CREATE CONSTRAINT TRIGGER "api_keys_announce_update" AFTER UPDATE OF
    "name", "subject", "metadata", "type", "access_level", "namespace_type", "application_id", "workspace_id",
    "user_group_id", "creator_id", "expires_at", "paused_at", "revoked_at", "deleted_at", "allowed_addresses",
    "rate_limit_requests", "rate_limit_seconds" ON "api_keys"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "api_keys_announce"();
