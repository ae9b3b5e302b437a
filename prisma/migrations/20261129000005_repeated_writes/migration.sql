-- Grows with every change of a key that a caller could undo by mistake: an edit, a roll, the end of a grace.
ALTER TABLE "api_keys" ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1;
UPDATE "api_keys" SET "version" = "secret_version" WHERE "secret_version" > 1;

-- People repeat requests too, and some of theirs belong to no organization.
ALTER TABLE "idempotent_requests" DROP CONSTRAINT "idempotent_requests_pkey";
ALTER TABLE "idempotent_requests" ALTER COLUMN "key_id" DROP NOT NULL;
ALTER TABLE "idempotent_requests" ALTER COLUMN "organization_id" DROP NOT NULL;
ALTER TABLE "idempotent_requests" ADD COLUMN "id" UUID;
UPDATE "idempotent_requests" SET "id" = gen_random_uuid();
ALTER TABLE "idempotent_requests" ALTER COLUMN "id" SET NOT NULL;
ALTER TABLE "idempotent_requests" ADD CONSTRAINT "idempotent_requests_pkey" PRIMARY KEY ("id");
ALTER TABLE "idempotent_requests" ADD COLUMN "user_id" UUID;
CREATE UNIQUE INDEX "idempotent_requests_key_id_key_hash_key" ON "idempotent_requests"("key_id", "key_hash");
CREATE UNIQUE INDEX "idempotent_requests_user_id_key_hash_key" ON "idempotent_requests"("user_id", "key_hash");
ALTER TABLE "idempotent_requests" ADD CONSTRAINT "idempotent_requests_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma's schema language cannot say.
ALTER TABLE "idempotent_requests" ADD CONSTRAINT "idempotent_requests_have_one_caller" CHECK (num_nonnulls("key_id", "user_id") = 1);
ALTER TABLE "idempotent_requests" ADD CONSTRAINT "idempotent_requests_of_keys_have_an_organization" CHECK ("key_id" IS NULL OR "organization_id" IS NOT NULL);
