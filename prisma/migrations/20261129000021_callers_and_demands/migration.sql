-- Who calls with each secret, what is demanded of a key, and what an organization's calls came to.

-- CreateEnum
CREATE TYPE "call_outcome" AS ENUM ('VALID', 'EXPIRED', 'PAUSED', 'ROLLED', 'REVOKED', 'WRONG_NAMESPACE', 'FORBIDDEN_IP', 'INSUFFICIENT_PERMISSIONS', 'RATE_LIMITED', 'UNKNOWN', 'MALFORMED');

-- What a killed node of the version before left: its uses become calls that count nothing.
UPDATE "usage_batches" SET "calls" = "calls" || coalesce((
  SELECT jsonb_agg(use || jsonb_build_object(
    'calls', 0, 'outcome', CASE WHEN use->>'good' = 'false' THEN 'REVOKED' ELSE 'VALID' END
  )) FROM jsonb_array_elements("uses") use
), '[]');

-- AlterTable
ALTER TABLE "usage_batches" DROP COLUMN "uses",
ADD COLUMN     "demands" JSONB NOT NULL DEFAULT '[]';
ALTER TABLE "usage_batches" ALTER COLUMN "demands" DROP DEFAULT;

-- CreateTable
CREATE TABLE "api_key_caller_hours" (
    "organization_id" UUID NOT NULL,
    "key_id" TEXT NOT NULL,
    "hour" TIMESTAMPTZ(3) NOT NULL,
    "secret_id" UUID NOT NULL,
    "is_rest" BOOLEAN NOT NULL,
    "address" TEXT NOT NULL,
    "client" TEXT NOT NULL,
    "accepted" BIGINT NOT NULL,
    "refused" BIGINT NOT NULL,
    "last_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "api_key_caller_hours_pkey" PRIMARY KEY ("key_id","hour","secret_id","is_rest","address","client")
);

-- CreateTable
CREATE TABLE "api_key_permission_days" (
    "organization_id" UUID NOT NULL,
    "key_id" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "permission" TEXT NOT NULL,
    "calls" BIGINT NOT NULL,

    CONSTRAINT "api_key_permission_days_pkey" PRIMARY KEY ("key_id","day","permission")
);

-- CreateTable
CREATE TABLE "organization_usage_hours" (
    "organization_id" UUID NOT NULL,
    "hour" TIMESTAMPTZ(3) NOT NULL,
    "outcome" "call_outcome" NOT NULL,
    "calls" BIGINT NOT NULL,

    CONSTRAINT "organization_usage_hours_pkey" PRIMARY KEY ("organization_id","hour","outcome")
);

-- CreateTable
CREATE TABLE "organization_usage_days" (
    "organization_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "outcome" "call_outcome" NOT NULL,
    "calls" BIGINT NOT NULL,

    CONSTRAINT "organization_usage_days_pkey" PRIMARY KEY ("organization_id","day","outcome")
);

-- CreateTable
CREATE TABLE "organization_busy_keys" (
    "organization_id" UUID NOT NULL,
    "hour" TIMESTAMPTZ(3) NOT NULL,
    "key_id" TEXT NOT NULL,
    "calls" BIGINT NOT NULL,

    CONSTRAINT "organization_busy_keys_pkey" PRIMARY KEY ("organization_id","hour","key_id")
);

-- CreateIndex
CREATE INDEX "api_key_caller_hours_hour_idx" ON "api_key_caller_hours" USING BRIN ("hour");

-- CreateIndex
CREATE INDEX "api_key_permission_days_day_idx" ON "api_key_permission_days" USING BRIN ("day");

-- CreateIndex
CREATE INDEX "organization_usage_hours_hour_idx" ON "organization_usage_hours"("hour");

-- CreateIndex
CREATE INDEX "organization_busy_keys_hour_idx" ON "organization_busy_keys"("hour");

-- AddForeignKey
ALTER TABLE "organization_usage_hours" ADD CONSTRAINT "organization_usage_hours_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "organization_usage_days" ADD CONSTRAINT "organization_usage_days_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What follows is what Prisma's schema language cannot say.

ALTER TABLE "api_key_caller_hours" ADD CONSTRAINT "api_key_caller_hours_calls_count" CHECK ("accepted" + "refused" > 0);
ALTER TABLE "api_key_permission_days" ADD CONSTRAINT "api_key_permission_days_calls_count" CHECK ("calls" > 0);
ALTER TABLE "organization_usage_hours" ADD CONSTRAINT "organization_usage_hours_calls_count" CHECK ("calls" > 0);
ALTER TABLE "organization_usage_days" ADD CONSTRAINT "organization_usage_days_calls_count" CHECK ("calls" > 0);

-- Rows that change in place over and over, as in the tables of the migration usage. The two large ones have no foreign
-- key: a row is only written for a key that the same statement has locked, and keys are never taken out of the table.
ALTER TABLE "api_key_caller_hours" SET (fillfactor = 85);
ALTER TABLE "api_key_permission_days" SET (fillfactor = 85);
ALTER TABLE "organization_usage_hours" SET (fillfactor = 50);
ALTER TABLE "organization_busy_keys" SET (fillfactor = 85);
ALTER TABLE "usage_batches" ALTER COLUMN "demands" SET STORAGE EXTERNAL;

-- The past, as far as keys' hours and days tell it.
INSERT INTO "organization_usage_hours" ("organization_id", "hour", "outcome", "calls")
SELECT "organization_id", "hour", "outcome"::text::"call_outcome", sum("calls") FROM "api_key_usage_hours" GROUP BY 1, 2, 3;
INSERT INTO "organization_usage_days" ("organization_id", "day", "outcome", "calls")
SELECT "organization_id", "day", "outcome"::text::"call_outcome", sum("calls") FROM "api_key_usage_days" GROUP BY 1, 2, 3;
INSERT INTO "organization_busy_keys" ("organization_id", "hour", "key_id", "calls")
SELECT "organization_id", "hour", "key_id", "calls" FROM (
  SELECT "organization_id", "hour", "key_id", sum("calls") AS "calls",
    row_number() OVER (PARTITION BY "organization_id", "hour" ORDER BY sum("calls") DESC, "key_id") AS "place"
  FROM "api_key_usage_hours" GROUP BY 1, 2, 3
) counted WHERE "place" <= 20;
