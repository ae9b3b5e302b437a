-- A key can be paused: it stops at once, and works again when it is resumed.

-- AlterEnum
ALTER TYPE "usage_outcome" ADD VALUE 'PAUSED' AFTER 'EXPIRED';

-- AlterTable
ALTER TABLE "api_keys" ADD COLUMN     "paused_at" TIMESTAMPTZ(3),
ADD COLUMN     "paused_by_id" UUID;

-- AddForeignKey
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_paused_by_id_fkey" FOREIGN KEY ("paused_by_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What follows is what Prisma's schema language cannot say.

ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_pauser_of_paused" CHECK (("paused_at" IS NULL) = ("paused_by_id" IS NULL));

-- A pause is final on every node before it is answered, and so is its end.
DROP TRIGGER "api_keys_announce_update" ON "api_keys";
CREATE CONSTRAINT TRIGGER "api_keys_announce_update" AFTER UPDATE OF
    "name", "type", "access_level", "namespace_type", "application_id", "workspace_id", "user_group_id",
    "creator_id", "expires_at", "paused_at", "revoked_at", "deleted_at", "allowed_addresses", "rate_limit_requests",
    "rate_limit_seconds" ON "api_keys"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "api_keys_announce"();
