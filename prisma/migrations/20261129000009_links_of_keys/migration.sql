-- The key and the family of tokens that a link was made with: it ends with them. Null for a link that a person made.
ALTER TABLE "password_links" ADD COLUMN "made_by_key_id" TEXT, ADD COLUMN "made_by_family_id" UUID;
ALTER TABLE "invitations" ADD COLUMN "made_by_key_id" TEXT, ADD COLUMN "made_by_family_id" UUID;

-- What Prisma's schema language cannot say. The guards are as before, and keep the maker as it is.
CREATE OR REPLACE FUNCTION "password_links_guard"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.organization_id <> OLD.organization_id OR NEW.user_id <> OLD.user_id OR NEW.token_hash <> OLD.token_hash
     OR NEW.made_by_key_id IS DISTINCT FROM OLD.made_by_key_id
     OR NEW.made_by_family_id IS DISTINCT FROM OLD.made_by_family_id
     OR NEW.created_at <> OLD.created_at OR NEW.expires_at <> OLD.expires_at OR OLD.used_at IS NOT NULL THEN
    RAISE EXCEPTION 'password_links: only their use is ever written, once';
  END IF;
  RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION "invitations_guard"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.organization_id <> OLD.organization_id OR NEW.email <> OLD.email OR NEW.access_level <> OLD.access_level
     OR NEW.token_hash <> OLD.token_hash OR NEW.invited_by_id <> OLD.invited_by_id
     OR NEW.made_by_key_id IS DISTINCT FROM OLD.made_by_key_id
     OR NEW.made_by_family_id IS DISTINCT FROM OLD.made_by_family_id
     OR NEW.created_at <> OLD.created_at OR NEW.expires_at <> OLD.expires_at THEN
    RAISE EXCEPTION 'invitations: only their end is ever written';
  END IF;
  IF OLD.accepted_at IS NOT NULL OR OLD.revoked_at IS NOT NULL THEN
    RAISE EXCEPTION 'invitations: one that has ended stays as it ended';
  END IF;
  RETURN NEW;
END $$;
