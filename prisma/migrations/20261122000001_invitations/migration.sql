-- CreateTable
CREATE TABLE "invitations" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "access_level" "access_level" NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "invited_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "accepted_at" TIMESTAMPTZ(3),
    "accepted_by_id" UUID,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "invitations_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "invitations_token_hash_key" ON "invitations"("token_hash");

-- CreateIndex
CREATE INDEX "invitations_organization_id_created_at_idx" ON "invitations"("organization_id", "created_at");

-- AddForeignKey
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_invited_by_id_fkey" FOREIGN KEY ("invited_by_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_accepted_by_id_fkey" FOREIGN KEY ("accepted_by_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
-- What Prisma's schema language cannot say.

-- An email is compared as it is stored, so it is stored one way.
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_email_is_lower_case" CHECK ("email" = lower("email") AND "email" <> '');
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_token_hash_is_sha256" CHECK (octet_length("token_hash") = 32);
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_expires_after_creation" CHECK ("expires_at" > "created_at");
-- It ends one way: somebody accepted it, or it was revoked.
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_accepted_by_somebody" CHECK (("accepted_at" IS NULL) = ("accepted_by_id" IS NULL));
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_one_end" CHECK ("accepted_at" IS NULL OR "revoked_at" IS NULL);
-- One open link a person.
CREATE UNIQUE INDEX "invitations_one_open" ON "invitations"("organization_id", "email") WHERE "accepted_at" IS NULL AND "revoked_at" IS NULL;

-- What was used or revoked never opens again, and an open one leads where it always led.
CREATE FUNCTION "invitations_guard"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.organization_id <> OLD.organization_id OR NEW.email <> OLD.email OR NEW.access_level <> OLD.access_level
     OR NEW.token_hash <> OLD.token_hash OR NEW.invited_by_id <> OLD.invited_by_id
     OR NEW.created_at <> OLD.created_at OR NEW.expires_at <> OLD.expires_at THEN
    RAISE EXCEPTION 'invitations: only their end is ever written';
  END IF;
  IF OLD.accepted_at IS NOT NULL OR OLD.revoked_at IS NOT NULL THEN
    RAISE EXCEPTION 'invitations: one that has ended stays as it ended';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "invitations_guard" BEFORE UPDATE ON "invitations" FOR EACH ROW EXECUTE FUNCTION "invitations_guard"();
