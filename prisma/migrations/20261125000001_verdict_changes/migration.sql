-- What every verifying node must hear of: each change that can alter a verdict on a key.
CREATE TABLE "verdict_change_head" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "sequence" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "verdict_change_head_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "verdict_change_head_is_one" CHECK ("id" = 1)
);
INSERT INTO "verdict_change_head" DEFAULT VALUES;

CREATE TABLE "verdict_changes" (
    "id" BIGSERIAL NOT NULL,
    "sequence" BIGINT NOT NULL,
    "organization_id" UUID NOT NULL,
    "key_id" TEXT,
    "user_id" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "verdict_changes_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "verdict_changes_sequence_idx" ON "verdict_changes"("sequence");
CREATE INDEX "verdict_changes_at_idx" ON "verdict_changes"("at");

-- A verifying process, and until when it may answer from what it remembers.
CREATE TABLE "nodes" (
    "id" UUID NOT NULL,
    "lease_until" TIMESTAMPTZ(3) NOT NULL,
    "acknowledged" BIGINT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "nodes_pkey" PRIMARY KEY ("id")
);

-- Announces a change. All changes of a transaction have one number. The number comes from the one row of
-- the head, which stays locked until the transaction ends: so the order of the numbers is the order of the
-- commits, without gaps, and who has read up to one has missed none. It is the last lock that a transaction
-- takes, since the triggers below wait for its end.
CREATE FUNCTION "announce_verdict_change"(organization UUID, key TEXT, person UUID) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  taken TEXT := current_setting('latchkey.verdict_change', true);
  number BIGINT;
BEGIN
  IF taken IS NULL OR taken = '' THEN
    UPDATE verdict_change_head SET sequence = sequence + 1 RETURNING sequence INTO number;
    PERFORM set_config('latchkey.verdict_change', number::text, true);
    PERFORM pg_notify('latchkey_verdict_changes', number::text);
  ELSE
    number := taken::bigint;
  END IF;
  INSERT INTO verdict_changes (sequence, organization_id, key_id, user_id)
  VALUES (number, organization, key, person);
END $$;

-- The last statement of a transaction: announces now what the end of the transaction would, and gives the
-- number, null when nothing changed.
CREATE FUNCTION "seal_verdict_changes"() RETURNS BIGINT LANGUAGE plpgsql AS $$
BEGIN
  SET CONSTRAINTS ALL IMMEDIATE;
  RETURN nullif(current_setting('latchkey.verdict_change', true), '')::bigint;
END $$;

-- One key.
CREATE FUNCTION "api_keys_announce"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM announce_verdict_change(NEW.organization_id, NEW.id, NULL);
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER "api_keys_announce_insert" AFTER INSERT ON "api_keys"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "api_keys_announce"();
-- When and from where a key was used changes every second and no verdict.
CREATE CONSTRAINT TRIGGER "api_keys_announce_update" AFTER UPDATE OF
    "name", "type", "access_level", "namespace_type", "application_id", "workspace_id", "user_group_id",
    "creator_id", "expires_at", "revoked_at", "deleted_at" ON "api_keys"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "api_keys_announce"();

CREATE FUNCTION "of_a_key_announce"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    PERFORM announce_verdict_change(OLD.organization_id, OLD.key_id, NULL);
  END IF;
  IF TG_OP = 'INSERT' OR (TG_OP = 'UPDATE' AND NEW.key_id <> OLD.key_id) THEN
    PERFORM announce_verdict_change(NEW.organization_id, NEW.key_id, NULL);
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER "api_key_secrets_announce" AFTER INSERT OR DELETE ON "api_key_secrets"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "of_a_key_announce"();
CREATE CONSTRAINT TRIGGER "api_key_secrets_announce_update" AFTER UPDATE OF
    "key_id", "hash", "pepper_version", "ends_at" ON "api_key_secrets"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "of_a_key_announce"();
CREATE CONSTRAINT TRIGGER "api_key_roles_announce" AFTER INSERT OR UPDATE OR DELETE ON "api_key_roles"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "of_a_key_announce"();

-- All keys that a person created in an organization: what they may is bounded by that person's level.
CREATE FUNCTION "of_a_person_announce"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    PERFORM announce_verdict_change(OLD.organization_id, NULL, OLD.user_id);
  END IF;
  IF TG_OP = 'INSERT' OR (TG_OP = 'UPDATE' AND
     (NEW.user_id <> OLD.user_id OR NEW.organization_id <> OLD.organization_id)) THEN
    PERFORM announce_verdict_change(NEW.organization_id, NULL, NEW.user_id);
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER "members_announce" AFTER INSERT OR UPDATE OR DELETE ON "members"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "of_a_person_announce"();
CREATE CONSTRAINT TRIGGER "grants_announce" AFTER INSERT OR UPDATE OR DELETE ON "grants"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "of_a_person_announce"();

-- All keys of an organization.
CREATE FUNCTION "roles_announce"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM announce_verdict_change(OLD.organization_id, NULL, NULL);
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER "roles_announce" AFTER UPDATE OR DELETE ON "roles"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "roles_announce"();

CREATE FUNCTION "organizations_announce"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM announce_verdict_change(NEW.id, NULL, NULL);
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER "organizations_announce" AFTER UPDATE OF "key_creators" ON "organizations"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "organizations_announce"();
