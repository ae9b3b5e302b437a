-- What people are told, who has read it, and what waits to be mailed.

-- AlterTable
ALTER TABLE "told_ends" ADD COLUMN     "reminder" SMALLINT;

-- CreateTable
CREATE TABLE "notices" (
    "id" UUID NOT NULL,
    "organization_id" UUID,
    "user_id" UUID,
    "scope_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "bundle" TEXT NOT NULL,
    "actor_id" UUID,
    "total" INTEGER NOT NULL DEFAULT 0,
    "position" BIGINT NOT NULL DEFAULT 0,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "notices_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notice_items" (
    "position" BIGSERIAL NOT NULL,
    "notice_id" UUID NOT NULL,
    "organization_id" UUID,
    "source" TEXT NOT NULL,
    "key_id" TEXT,
    "name" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "details" JSONB NOT NULL,

    CONSTRAINT "notice_items_pkey" PRIMARY KEY ("position")
);

-- CreateTable
CREATE TABLE "notice_readers" (
    "user_id" UUID NOT NULL,
    "read_through" BIGINT NOT NULL,
    "unmailed" TEXT[] DEFAULT ARRAY[]::TEXT[],

    CONSTRAINT "notice_readers_pkey" PRIMARY KEY ("user_id")
);

-- CreateTable
CREATE TABLE "notice_mails" (
    "user_id" UUID NOT NULL,
    "pace" TEXT NOT NULL,
    "since" BIGINT,
    "newest" BIGINT NOT NULL DEFAULT 0,
    "due_at" TIMESTAMPTZ(3),
    "claimed_until" TIMESTAMPTZ(3),
    "through" BIGINT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "sent_at" TIMESTAMPTZ(3),

    CONSTRAINT "notice_mails_pkey" PRIMARY KEY ("user_id","pace")
);

-- CreateIndex
CREATE INDEX "notices_organization_id_position_idx" ON "notices"("organization_id", "position");

-- CreateIndex
CREATE INDEX "notices_user_id_position_idx" ON "notices"("user_id", "position");

-- CreateIndex
CREATE INDEX "notices_at_idx" ON "notices"("at");

-- CreateIndex
CREATE UNIQUE INDEX "notices_scope_id_kind_bundle_key" ON "notices"("scope_id", "kind", "bundle");

-- CreateIndex
CREATE INDEX "notice_items_organization_id_key_id_idx" ON "notice_items"("organization_id", "key_id");

-- CreateIndex
CREATE UNIQUE INDEX "notice_items_notice_id_source_key" ON "notice_items"("notice_id", "source");

-- AddForeignKey
ALTER TABLE "notices" ADD CONSTRAINT "notices_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notices" ADD CONSTRAINT "notices_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notice_items" ADD CONSTRAINT "notice_items_notice_id_fkey" FOREIGN KEY ("notice_id") REFERENCES "notices"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notice_readers" ADD CONSTRAINT "notice_readers_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notice_mails" ADD CONSTRAINT "notice_mails_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "notice_readers"("user_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What follows is what Prisma's schema language cannot say.

ALTER TABLE "notices" ADD CONSTRAINT "notices_are_of_one_organization_or_person"
  CHECK (num_nonnulls("organization_id", "user_id") = 1 AND "scope_id" = coalesce("user_id", "organization_id"));
ALTER TABLE "notice_mails" ADD CONSTRAINT "notice_mails_wait_for_a_moment"
  CHECK ("pace" IN ('urgent', 'daily') AND ("since" IS NULL) = ("due_at" IS NULL)
    AND ("claimed_until" IS NULL) = ("through" IS NULL));

-- The few that wait, of all people who were ever told of something.
CREATE INDEX "notice_mails_waiting" ON "notice_mails"("due_at") WHERE "since" IS NOT NULL;

-- Until now an end was told two weeks before, and only then.
UPDATE "told_ends" SET "reminder" = 14 WHERE "expiring" IS NOT NULL;

-- Organizations that are here already are told of what happens from now on.
INSERT INTO "log_cursors" ("reader", "organization_id", "sequence")
SELECT 'notices', "organization_id", "sequence" FROM "audit_heads";
