-- CreateTable
CREATE TABLE "idempotent_requests" (
    "organization_id" UUID NOT NULL,
    "key_id" TEXT NOT NULL,
    "key_hash" BYTEA NOT NULL,
    "fingerprint" BYTEA NOT NULL,
    "attempt" INTEGER NOT NULL DEFAULT 1,
    "claimed_at" TIMESTAMPTZ(3) NOT NULL,
    "claimed_until" TIMESTAMPTZ(3) NOT NULL,
    "applied_at" TIMESTAMPTZ(3),
    "answer" TEXT,

    CONSTRAINT "idempotent_requests_pkey" PRIMARY KEY ("key_id","key_hash")
);

-- CreateIndex
CREATE INDEX "idempotent_requests_claimed_at_idx" ON "idempotent_requests"("claimed_at");

-- AddForeignKey
ALTER TABLE "idempotent_requests" ADD CONSTRAINT "idempotent_requests_organization_id_key_id_fkey" FOREIGN KEY ("organization_id", "key_id") REFERENCES "api_keys"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
-- What Prisma's schema language cannot say.

ALTER TABLE "idempotent_requests" ADD CONSTRAINT "idempotent_requests_hashes_are_sha256" CHECK (octet_length("key_hash") = 32 AND octet_length("fingerprint") = 32);
-- What was answered was done.
ALTER TABLE "idempotent_requests" ADD CONSTRAINT "idempotent_requests_answered_is_applied" CHECK ("answer" IS NULL OR "applied_at" IS NOT NULL);
-- Nothing else but a secret's hash ever holds a secret key's token.
ALTER TABLE "idempotent_requests" ADD CONSTRAINT "idempotent_requests_hold_no_token" CHECK ("answer" !~ 'lk_sk_[0-9A-Za-z]{54}');
