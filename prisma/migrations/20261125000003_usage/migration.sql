-- CreateEnum
CREATE TYPE "usage_outcome" AS ENUM ('VALID', 'EXPIRED', 'ROLLED', 'REVOKED', 'WRONG_NAMESPACE', 'FORBIDDEN_IP', 'INSUFFICIENT_PERMISSIONS', 'RATE_LIMITED');

-- AlterTable
ALTER TABLE "api_key_usage_hours" DROP CONSTRAINT "api_key_usage_hours_pkey",
ADD COLUMN     "outcome" "usage_outcome" NOT NULL DEFAULT 'VALID',
ADD CONSTRAINT "api_key_usage_hours_pkey" PRIMARY KEY ("key_id", "hour", "outcome");

-- CreateTable
CREATE TABLE "api_key_usage_days" (
    "organization_id" UUID NOT NULL,
    "key_id" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "outcome" "usage_outcome" NOT NULL,
    "calls" BIGINT NOT NULL,

    CONSTRAINT "api_key_usage_days_pkey" PRIMARY KEY ("key_id","day","outcome")
);

-- CreateTable
CREATE TABLE "usage_batches" (
    "id" UUID NOT NULL,
    "part" SMALLINT NOT NULL,
    "calls" JSONB NOT NULL,
    "uses" JSONB NOT NULL,

    CONSTRAINT "usage_batches_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "usage_batches_part_idx" ON "usage_batches"("part");

-- CreateIndex
CREATE INDEX "api_key_usage_hours_hour_idx" ON "api_key_usage_hours"("hour");

-- AddForeignKey
ALTER TABLE "api_key_usage_days" ADD CONSTRAINT "api_key_usage_days_organization_id_key_id_fkey" FOREIGN KEY ("organization_id", "key_id") REFERENCES "api_keys"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What Prisma's schema language cannot say.

ALTER TABLE "api_key_usage_days" ADD CONSTRAINT "api_key_usage_days_calls_count" CHECK ("calls" > 0);

-- Uses change rows in place, over and over. With room on its page the new version of a row needs no new entry
-- in any index.
ALTER TABLE "api_keys" SET (fillfactor = 85);
ALTER TABLE "api_key_secrets" SET (fillfactor = 85);
ALTER TABLE "api_key_usage_hours" SET (fillfactor = 85);
-- Read once, a moment after it is written: not worth compressing.
ALTER TABLE "usage_batches" ALTER COLUMN "calls" SET STORAGE EXTERNAL;
ALTER TABLE "usage_batches" ALTER COLUMN "uses" SET STORAGE EXTERNAL;
