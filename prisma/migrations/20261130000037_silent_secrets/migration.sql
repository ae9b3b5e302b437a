-- A roll may end the old secret's grace earlier: once nobody has used it for so many hours and the new one is in use.

-- AlterTable
ALTER TABLE "api_key_secrets" ADD COLUMN     "silent_hours" INTEGER,
ADD COLUMN     "use_told_at" TIMESTAMPTZ(3);

-- What follows is what Prisma's schema language cannot say.

ALTER TABLE "api_key_secrets" ADD CONSTRAINT "api_key_secrets_silent_hours_in_range"
  CHECK ("silent_hours" BETWEEN 1 AND 167);

-- For the job that looks at them: few secrets have it.
CREATE INDEX "api_key_secrets_silent" ON "api_key_secrets"("ends_at") WHERE "silent_hours" IS NOT NULL;
