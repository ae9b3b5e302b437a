-- From where a key may be used, and how often.

-- AlterTable
ALTER TABLE "api_keys" ADD COLUMN     "allowed_addresses" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "rate_limit_requests" INTEGER,
ADD COLUMN     "rate_limit_seconds" INTEGER;

-- What follows is what Prisma's schema language cannot say.

-- A list that is not there would be one that allows all; what is no CIDR would match nothing, or throw. The
-- cast refuses what is none.
ALTER TABLE "api_keys" ALTER COLUMN "allowed_addresses" SET NOT NULL;
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_allowed_addresses_are_cidrs" CHECK (
  cardinality("allowed_addresses") <= 100
  AND array_position("allowed_addresses", NULL) IS NULL
  AND "allowed_addresses"::cidr[] IS NOT NULL
);
-- So many requests in so many seconds, or no limit.
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_rate_limit_is_whole" CHECK (
  num_nonnulls("rate_limit_requests", "rate_limit_seconds") IN (0, 2)
  AND "rate_limit_requests" BETWEEN 1 AND 1000000
  AND "rate_limit_seconds" BETWEEN 1 AND 2592000
);

-- What a verdict depends on is announced.
DROP TRIGGER "api_keys_announce_update" ON "api_keys";
CREATE CONSTRAINT TRIGGER "api_keys_announce_update" AFTER UPDATE OF
    "name", "type", "access_level", "namespace_type", "application_id", "workspace_id", "user_group_id",
    "creator_id", "expires_at", "revoked_at", "deleted_at", "allowed_addresses", "rate_limit_requests",
    "rate_limit_seconds" ON "api_keys"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "api_keys_announce"();
