-- Keys of another system can be imported: their tokens are known only by their SHA-256, and found by it.

-- AlterTable
ALTER TABLE "organizations" ADD COLUMN     "has_imported_keys" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "api_keys" ADD COLUMN     "imported" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "api_key_secrets" ADD COLUMN     "imported" BOOLEAN NOT NULL DEFAULT false;

-- What follows is what Prisma's schema language cannot say.

ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_imported_are_secret" CHECK (NOT "imported" OR "type" = 'secret');
ALTER TABLE "api_key_secrets" ADD CONSTRAINT "api_key_secrets_imported_are_first" CHECK (NOT "imported" OR ("version" = 1 AND "key_type" = 'secret'));

-- One key of the organization for each token. Another organization can import the same one.
CREATE UNIQUE INDEX "api_key_secrets_imported" ON "api_key_secrets"("organization_id", "hash") WHERE "imported";

-- Whose token it is never changes, not even once the key has ended: a node may remember it forever, and nobody can
-- import the token of a revoked key again.
CREATE FUNCTION "imported_stays"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'an imported key and its token stay as they are';
END $$;
CREATE TRIGGER "api_keys_imported_stays" BEFORE UPDATE OF "imported" ON "api_keys"
  FOR EACH ROW WHEN (NEW."imported" <> OLD."imported") EXECUTE FUNCTION "imported_stays"();
CREATE TRIGGER "api_key_secrets_imported_stays" BEFORE UPDATE OF "imported", "hash", "pepper_version", "key_id", "organization_id" ON "api_key_secrets"
  FOR EACH ROW WHEN (NEW."imported" <> OLD."imported" OR (OLD."imported" AND (NEW."hash", NEW."pepper_version", NEW."key_id", NEW."organization_id") IS DISTINCT FROM (OLD."hash", OLD."pepper_version", OLD."key_id", OLD."organization_id")))
  EXECUTE FUNCTION "imported_stays"();
CREATE TRIGGER "api_key_secrets_imported_are_kept" BEFORE DELETE ON "api_key_secrets"
  FOR EACH ROW WHEN (OLD."imported") EXECUTE FUNCTION "imported_stays"();

-- Each node learns, with the organization's calling keys, that tokens of any form may be keys of it.
CREATE CONSTRAINT TRIGGER "organizations_announce_imports" AFTER UPDATE OF "has_imported_keys" ON "organizations"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW."has_imported_keys" <> OLD."has_imported_keys")
  EXECUTE FUNCTION "organizations_announce"();
