-- Keys that hold more than they need, as lib/core/keys/over-privileged defines it: the list counts and finds them among a
-- million. A node keeps the column up to date.

-- AlterTable
ALTER TABLE "api_keys" ADD COLUMN     "over_privileged" BOOLEAN NOT NULL DEFAULT false;

-- What follows is what Prisma's schema language cannot say.

-- Few among many, like revoked keys.
CREATE INDEX "api_keys_over_privileged" ON "api_keys"("organization_id", "created_at", "id") INCLUDE ("revoked_at", "expires_at") WHERE "over_privileged" AND "deleted_at" IS NULL;
