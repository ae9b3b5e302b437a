-- The order of the list of keys by last use, in a narrow table of its own: see decision 044.

CREATE TABLE "api_key_last_uses" (
    "organization_id" UUID NOT NULL,
    "key_id" TEXT NOT NULL,
    "last_used_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "api_key_last_uses_pkey" PRIMARY KEY ("organization_id","key_id")
);

ALTER TABLE "api_key_last_uses" ADD CONSTRAINT "api_key_last_uses_organization_id_key_id_fkey" FOREIGN KEY ("organization_id", "key_id") REFERENCES "api_keys"("organization_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

INSERT INTO "api_key_last_uses" ("organization_id", "key_id", "last_used_at")
SELECT "organization_id", "id", coalesce("last_used_at", '-infinity') FROM "api_keys" WHERE "deleted_at" IS NULL;

CREATE INDEX "api_key_last_uses_organization_id_last_used_at_key_id_idx" ON "api_key_last_uses"("organization_id", "last_used_at", "key_id");

-- Prisma's schema language cannot say the rest. A row is written only by whoever has locked its key. A deleted key is never listed.
CREATE FUNCTION "api_keys_last_use"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW."deleted_at" IS NOT NULL THEN
    DELETE FROM "api_key_last_uses" WHERE "organization_id" = NEW."organization_id" AND "key_id" = NEW."id";
  ELSIF TG_OP = 'INSERT' THEN
    INSERT INTO "api_key_last_uses" ("organization_id", "key_id", "last_used_at")
    VALUES (NEW."organization_id", NEW."id", coalesce(NEW."last_used_at", '-infinity'));
  ELSE
    UPDATE "api_key_last_uses" SET "last_used_at" = coalesce(NEW."last_used_at", '-infinity')
    WHERE "organization_id" = NEW."organization_id" AND "key_id" = NEW."id";
  END IF;
  RETURN NULL;
END
$$;

CREATE TRIGGER "api_keys_last_use_insert" AFTER INSERT ON "api_keys"
FOR EACH ROW EXECUTE FUNCTION "api_keys_last_use"();

CREATE TRIGGER "api_keys_last_use_update" AFTER UPDATE OF "last_used_at", "deleted_at" ON "api_keys"
FOR EACH ROW WHEN (
  OLD."last_used_at" IS DISTINCT FROM NEW."last_used_at" OR OLD."deleted_at" IS DISTINCT FROM NEW."deleted_at"
) EXECUTE FUNCTION "api_keys_last_use"();
