-- An organization may have leaked keys paused instead of revoked. Such a pause is nobody's: it has no person.
ALTER TABLE "organizations" ADD COLUMN "pause_leaked_keys" BOOLEAN NOT NULL DEFAULT false;

ALTER TABLE "api_keys" DROP CONSTRAINT "api_keys_pauser_of_paused",
  ADD CONSTRAINT "api_keys_pauser_of_paused" CHECK ("paused_by_id" IS NULL OR "paused_at" IS NOT NULL);

CREATE INDEX "api_keys_paused_leaks" ON "api_keys"("organization_id", "paused_at")
  WHERE "paused_at" IS NOT NULL AND "paused_by_id" IS NULL;
