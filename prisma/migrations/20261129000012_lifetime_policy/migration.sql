-- How long keys live at most, and whether new ones need an expiry. A key's row does not change with the policy.

-- AlterTable
ALTER TABLE "organizations" ADD COLUMN     "default_key_id" TEXT,
ADD COLUMN     "maximum_lifetime_days" INTEGER,
ADD COLUMN     "require_expiry" BOOLEAN NOT NULL DEFAULT false;

-- What follows is what Prisma's schema language cannot say.

ALTER TABLE "organizations" ADD CONSTRAINT "organizations_maximum_lifetime" CHECK ("maximum_lifetime_days" BETWEEN 1 AND 3650);

-- The public key that each organization started with was made in the same moment.
UPDATE "organizations" o SET "default_key_id" = (
  SELECT k."id" FROM "api_keys" k WHERE k."organization_id" = o."id" AND k."type" = 'public'
    AND k."created_at" = o."created_at" AND k."created_by_key_id" IS NULL
  ORDER BY k."id" LIMIT 1
);

-- A new maximum is final on every node before it is answered.
DROP TRIGGER "organizations_announce" ON "organizations";
CREATE CONSTRAINT TRIGGER "organizations_announce" AFTER UPDATE OF "key_creators", "maximum_lifetime_days", "default_key_id" ON "organizations"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "organizations_announce"();
