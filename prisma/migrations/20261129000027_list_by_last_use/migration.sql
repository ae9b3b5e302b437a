-- The list of keys by last use, and its findings "never used" and "idle", from one index: it has what a status is
-- derived from, so that rows are passed over and counted without a look at the keys.

ALTER TABLE "api_key_last_uses" ADD COLUMN "created_at" TIMESTAMPTZ(3),
ADD COLUMN "expires_at" TIMESTAMPTZ(3),
ADD COLUMN "revoked_at" TIMESTAMPTZ(3);

UPDATE "api_key_last_uses" l SET "created_at" = k."created_at", "expires_at" = k."expires_at", "revoked_at" = k."revoked_at"
FROM "api_keys" k WHERE k."organization_id" = l."organization_id" AND k."id" = l."key_id";

ALTER TABLE "api_key_last_uses" ALTER COLUMN "created_at" SET NOT NULL;

DROP INDEX "api_key_last_uses_organization_id_last_used_at_key_id_idx";

CREATE INDEX "api_key_last_uses_in_order" ON "api_key_last_uses"("organization_id", "last_used_at", "key_id", "created_at", "expires_at", "revoked_at");

-- What follows is what Prisma's schema language cannot say.

CREATE OR REPLACE FUNCTION "api_keys_last_use"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW."deleted_at" IS NOT NULL THEN
    DELETE FROM "api_key_last_uses" WHERE "organization_id" = NEW."organization_id" AND "key_id" = NEW."id";
  ELSIF TG_OP = 'INSERT' THEN
    INSERT INTO "api_key_last_uses" ("organization_id", "key_id", "last_used_at", "created_at", "expires_at", "revoked_at")
    VALUES (NEW."organization_id", NEW."id", coalesce(NEW."last_used_at", '-infinity'), NEW."created_at", NEW."expires_at", NEW."revoked_at");
  ELSE
    UPDATE "api_key_last_uses" SET "last_used_at" = coalesce(NEW."last_used_at", '-infinity'),
      "created_at" = NEW."created_at", "expires_at" = NEW."expires_at", "revoked_at" = NEW."revoked_at"
    WHERE "organization_id" = NEW."organization_id" AND "key_id" = NEW."id";
  END IF;
  RETURN NULL;
END
$$;

DROP TRIGGER "api_keys_last_use_update" ON "api_keys";
CREATE TRIGGER "api_keys_last_use_update" AFTER UPDATE OF "last_used_at", "created_at", "expires_at", "revoked_at", "deleted_at" ON "api_keys"
FOR EACH ROW WHEN (
  (OLD."last_used_at", OLD."created_at", OLD."expires_at", OLD."revoked_at", OLD."deleted_at")
  IS DISTINCT FROM (NEW."last_used_at", NEW."created_at", NEW."expires_at", NEW."revoked_at", NEW."deleted_at")
) EXECUTE FUNCTION "api_keys_last_use"();
