-- The tokens that are granted with a key: the pairs that sign access tokens, the families of tokens with
-- their refresh tokens, and the access tokens that were revoked by themselves.

-- CreateTable
CREATE TABLE "signing_keys" (
    "id" TEXT NOT NULL,
    "generation" INTEGER NOT NULL,
    "public_jwk" JSONB NOT NULL,
    "sealed_private_key" BYTEA NOT NULL,
    "pepper_version" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "signs_from" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "signing_keys_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "token_families" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "key_id" TEXT NOT NULL,
    "secret_id" UUID NOT NULL,
    "user_id" UUID,
    "grant_id" UUID,
    "access_level" "access_level" NOT NULL,
    "scope" TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "token_families_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "refresh_tokens" (
    "hash" BYTEA NOT NULL,
    "organization_id" UUID NOT NULL,
    "family_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "refresh_tokens_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "revoked_access_tokens" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "revoked_access_tokens_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "signing_keys_generation_key" ON "signing_keys"("generation");

-- CreateIndex
CREATE INDEX "token_families_organization_id_user_id_idx" ON "token_families"("organization_id", "user_id");

-- CreateIndex
CREATE INDEX "token_families_grant_id_idx" ON "token_families"("grant_id");

-- CreateIndex
CREATE INDEX "token_families_expires_at_idx" ON "token_families"("expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "token_families_organization_id_id_key" ON "token_families"("organization_id", "id");

-- CreateIndex
CREATE INDEX "refresh_tokens_organization_id_family_id_idx" ON "refresh_tokens"("organization_id", "family_id");

-- CreateIndex
CREATE INDEX "revoked_access_tokens_expires_at_idx" ON "revoked_access_tokens"("expires_at");

-- AddForeignKey
ALTER TABLE "token_families" ADD CONSTRAINT "token_families_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "token_families" ADD CONSTRAINT "token_families_organization_id_key_id_fkey" FOREIGN KEY ("organization_id", "key_id") REFERENCES "api_keys"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "token_families" ADD CONSTRAINT "token_families_organization_id_user_id_fkey" FOREIGN KEY ("organization_id", "user_id") REFERENCES "members"("organization_id", "user_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "token_families" ADD CONSTRAINT "token_families_grant_id_fkey" FOREIGN KEY ("grant_id") REFERENCES "grants"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "refresh_tokens" ADD CONSTRAINT "refresh_tokens_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "refresh_tokens" ADD CONSTRAINT "refresh_tokens_organization_id_family_id_fkey" FOREIGN KEY ("organization_id", "family_id") REFERENCES "token_families"("organization_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "revoked_access_tokens" ADD CONSTRAINT "revoked_access_tokens_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
-- What Prisma's schema cannot say ------------------------------------------------------------

ALTER TABLE "signing_keys" ADD CONSTRAINT "signing_keys_generation_counts" CHECK ("generation" >= 1);
ALTER TABLE "signing_keys" ADD CONSTRAINT "signing_keys_published_before_signing" CHECK ("signs_from" >= "created_at");
-- The private part has a column of its own, sealed.
ALTER TABLE "signing_keys" ADD CONSTRAINT "signing_keys_public_part_alone" CHECK (NOT "public_jwk" ? 'd');
ALTER TABLE "token_families" ADD CONSTRAINT "token_families_expires_after_creation" CHECK ("expires_at" > "created_at");
ALTER TABLE "token_families" ADD CONSTRAINT "token_families_grant_of_somebody" CHECK ("grant_id" IS NULL OR "user_id" IS NOT NULL);
ALTER TABLE "refresh_tokens" ADD CONSTRAINT "refresh_tokens_hash_is_sha256" CHECK (octet_length("hash") = 32);
-- Of a family one refresh token is to be used next.
CREATE UNIQUE INDEX "refresh_tokens_one_unused" ON "refresh_tokens"("family_id") WHERE "used_at" IS NULL;

-- A family never gets more than it was issued with, nor another key, user or end; revoked is for good.
CREATE FUNCTION "token_families_guard"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.organization_id <> OLD.organization_id OR NEW.key_id <> OLD.key_id OR NEW.user_id IS DISTINCT FROM OLD.user_id
     OR NEW.grant_id IS DISTINCT FROM OLD.grant_id OR NEW.access_level <> OLD.access_level OR NEW.scope <> OLD.scope
     OR NEW.created_at <> OLD.created_at OR NEW.expires_at <> OLD.expires_at THEN
    RAISE EXCEPTION 'token_families: only the secret and the end are ever written';
  END IF;
  IF OLD.revoked_at IS NOT NULL THEN
    RAISE EXCEPTION 'token_families: one that has ended stays as it ended';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "token_families_guard" BEFORE UPDATE ON "token_families" FOR EACH ROW EXECUTE FUNCTION "token_families_guard"();

-- A refresh token is used once, and its time of use is what tells a repeated request from a stolen token.
CREATE FUNCTION "refresh_tokens_guard"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.used_at IS NOT NULL OR NEW.hash <> OLD.hash OR NEW.family_id <> OLD.family_id
     OR NEW.organization_id <> OLD.organization_id OR NEW.created_at <> OLD.created_at THEN
    RAISE EXCEPTION 'refresh_tokens: only the use is ever written, once';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "refresh_tokens_guard" BEFORE UPDATE ON "refresh_tokens" FOR EACH ROW EXECUTE FUNCTION "refresh_tokens_guard"();
