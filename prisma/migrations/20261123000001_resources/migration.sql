-- Applications, workspaces and user groups can be deleted: their rows stay for the revoked keys that name
-- them, and a name is free again. A live key holds on to the grant it was made by.

-- AlterEnum
ALTER TYPE "revocation_reason" ADD VALUE 'resource_deleted';

-- DropIndex
DROP INDEX "applications_organization_id_name_key";

-- DropIndex
DROP INDEX "workspaces_application_id_name_key";

-- AlterTable
ALTER TABLE "applications" ADD COLUMN     "deleted_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "user_groups" ADD COLUMN     "deleted_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "workspaces" ADD COLUMN     "deleted_at" TIMESTAMPTZ(3);

-- CreateIndex
CREATE INDEX "api_keys_application_id_idx" ON "api_keys"("application_id");

-- CreateIndex
CREATE INDEX "api_keys_workspace_id_idx" ON "api_keys"("workspace_id");

-- CreateIndex
CREATE INDEX "api_keys_user_group_id_idx" ON "api_keys"("user_group_id");

-- CreateIndex
CREATE INDEX "grants_application_id_idx" ON "grants"("application_id");

-- CreateIndex
CREATE INDEX "grants_workspace_id_idx" ON "grants"("workspace_id");

-- CreateIndex
CREATE INDEX "grants_user_group_id_idx" ON "grants"("user_group_id");

-- CreateIndex
CREATE INDEX "workspaces_application_id_idx" ON "workspaces"("application_id");

-- AddForeignKey
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_live_creator_id_application_id_fkey" FOREIGN KEY ("live_creator_id", "application_id") REFERENCES "grants"("user_id", "application_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_live_creator_id_workspace_id_fkey" FOREIGN KEY ("live_creator_id", "workspace_id") REFERENCES "grants"("user_id", "workspace_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_live_creator_id_user_group_id_fkey" FOREIGN KEY ("live_creator_id", "user_group_id") REFERENCES "grants"("user_id", "user_group_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What Prisma's schema cannot say ------------------------------------------------------------

-- A name is taken by what is there, not by what was deleted.
CREATE UNIQUE INDEX "applications_name_in_organization" ON "applications"("organization_id", "name") WHERE "deleted_at" IS NULL;
CREATE UNIQUE INDEX "workspaces_name_in_application" ON "workspaces"("application_id", "name") WHERE "deleted_at" IS NULL;
DROP INDEX "user_groups_name_in_application";
DROP INDEX "user_groups_name_in_organization";
CREATE UNIQUE INDEX "user_groups_name_in_application" ON "user_groups"("application_id", "name") WHERE "application_id" IS NOT NULL AND "deleted_at" IS NULL;
CREATE UNIQUE INDEX "user_groups_name_in_organization" ON "user_groups"("organization_id", "name") WHERE "application_id" IS NULL AND "deleted_at" IS NULL;
