-- CreateTable
CREATE TABLE "password_links" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "password_links_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "password_links_token_hash_key" ON "password_links"("token_hash");

-- CreateIndex
CREATE INDEX "password_links_organization_id_user_id_idx" ON "password_links"("organization_id", "user_id");

-- AddForeignKey
ALTER TABLE "password_links" ADD CONSTRAINT "password_links_organization_id_user_id_fkey" FOREIGN KEY ("organization_id", "user_id") REFERENCES "members"("organization_id", "user_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma's schema language cannot say.

ALTER TABLE "password_links" ADD CONSTRAINT "password_links_token_hash_is_sha256" CHECK (octet_length("token_hash") = 32);
ALTER TABLE "password_links" ADD CONSTRAINT "password_links_expires_after_creation" CHECK ("expires_at" > "created_at");

-- What was used never opens again, and an open one leads where it always led.
CREATE FUNCTION "password_links_guard"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.organization_id <> OLD.organization_id OR NEW.user_id <> OLD.user_id OR NEW.token_hash <> OLD.token_hash
     OR NEW.created_at <> OLD.created_at OR NEW.expires_at <> OLD.expires_at OR OLD.used_at IS NOT NULL THEN
    RAISE EXCEPTION 'password_links: only their use is ever written, once';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "password_links_guard" BEFORE UPDATE ON "password_links" FOR EACH ROW EXECUTE FUNCTION "password_links_guard"();
