-- A change of very many keys takes effect at once for all of them: it is written down here, and every verdict reads it.
-- The keys' own rows follow a few at a time, each with its audit entry, and then the key leaves this list.
CREATE TABLE "follow_ups" (
    "id" UUID NOT NULL,
    -- The order in which the changes of a key took effect: whoever writes one has locked its keys.
    "position" BIGSERIAL NOT NULL,
    "organization_id" UUID NOT NULL,
    "verb" TEXT NOT NULL,
    "reason" "revocation_reason",
    -- Who changed the keys, as their rows say it.
    "by_id" UUID,
    -- Who, when and from where, as their audit entries say it.
    "actor" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "address" TEXT,
    "user_agent" TEXT,
    "request_id" TEXT,

    CONSTRAINT "follow_ups_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "follow_ups_organization_id_position_idx" ON "follow_ups"("organization_id", "position");
ALTER TABLE "follow_ups" ADD CONSTRAINT "follow_ups_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "follow_ups" ADD CONSTRAINT "follow_ups_verb" CHECK ("verb" IN ('revoke', 'pause', 'resume') AND ("verb" = 'revoke') = ("reason" IS NOT NULL));

-- Without foreign keys: each would cost a look-up per row, while everybody who wants one of these keys waits.
CREATE TABLE "follow_up_keys" (
    "key_id" TEXT NOT NULL,
    "follow_up_id" UUID NOT NULL,
    -- The key with whose tokens this one was made, if it is paused or resumed with that one.
    "with_key_id" TEXT,

    CONSTRAINT "follow_up_keys_pkey" PRIMARY KEY ("key_id", "follow_up_id")
);
CREATE INDEX "follow_up_keys_follow_up_id_key_id_idx" ON "follow_up_keys"("follow_up_id", "key_id");

-- Nodes forget all keys of the organization rather than hear of each one.
CREATE FUNCTION "follow_ups_announce"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM announce_verdict_change(NEW.organization_id, NULL, NULL);
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER "follow_ups_announce" AFTER INSERT OR UPDATE ON "follow_ups"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "follow_ups_announce"();

-- A follow-up says what has taken effect already.
CREATE FUNCTION "follow_ups_stand"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF NOT EXISTS (SELECT 1 FROM follow_up_keys WHERE follow_up_id = OLD.id) THEN
      RETURN OLD;
    END IF;
  END IF;
  RAISE EXCEPTION 'follow_ups: one stays as it is until all its keys are written';
END $$;
CREATE TRIGGER "follow_ups_stand" BEFORE UPDATE OR DELETE ON "follow_ups" FOR EACH ROW EXECUTE FUNCTION "follow_ups_stand"();

-- A key that is revoked here but not yet in its row lives no more: its creator can leave.
CREATE FUNCTION "key_lives"(key TEXT) RETURNS BOOLEAN LANGUAGE sql STABLE AS $$
  SELECT NOT EXISTS (SELECT 1 FROM follow_up_keys p JOIN follow_ups f ON f.id = p.follow_up_id
    WHERE p.key_id = key AND f.verb = 'revoke')
$$;

-- The foreign keys from a live key to its creator's membership and grant become triggers, which know this.
ALTER TABLE "api_keys" DROP CONSTRAINT "api_keys_organization_id_live_creator_id_fkey";
ALTER TABLE "api_keys" DROP CONSTRAINT "api_keys_live_creator_id_application_id_fkey";
ALTER TABLE "api_keys" DROP CONSTRAINT "api_keys_live_creator_id_workspace_id_fkey";
ALTER TABLE "api_keys" DROP CONSTRAINT "api_keys_live_creator_id_user_group_id_fkey";

CREATE FUNCTION "api_keys_creator_has_access"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM members WHERE organization_id = NEW.organization_id AND user_id = NEW.live_creator_id FOR KEY SHARE;
  IF NOT FOUND THEN
    RAISE foreign_key_violation USING MESSAGE = 'api_keys: the creator of a live key is a member';
  END IF;
  IF NEW.namespace_type <> 'organization' THEN
    PERFORM 1 FROM grants WHERE user_id = NEW.live_creator_id
      AND (application_id = NEW.application_id OR workspace_id = NEW.workspace_id OR user_group_id = NEW.user_group_id)
      FOR KEY SHARE;
    IF NOT FOUND THEN
      RAISE foreign_key_violation USING MESSAGE = 'api_keys: the creator of a live key has a grant in its namespace';
    END IF;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER "api_keys_creator_has_access" AFTER INSERT ON "api_keys"
  FOR EACH ROW WHEN (NEW."live_creator_id" IS NOT NULL) EXECUTE FUNCTION "api_keys_creator_has_access"();
CREATE TRIGGER "api_keys_creator_has_access_update" AFTER UPDATE OF "live_creator_id" ON "api_keys"
  FOR EACH ROW WHEN (NEW."live_creator_id" IS NOT NULL AND NEW."live_creator_id" IS DISTINCT FROM OLD."live_creator_id")
  EXECUTE FUNCTION "api_keys_creator_has_access"();

-- By creator_id, which has an index: a live key's creator is its live creator.
CREATE FUNCTION "members_keep_live_keys"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM api_keys k WHERE k.organization_id = OLD.organization_id AND k.creator_id = OLD.user_id
    AND k.live_creator_id IS NOT NULL AND key_lives(k.id)) THEN
    RAISE foreign_key_violation USING MESSAGE = 'members: a member with live keys stays';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER "members_keep_live_keys" AFTER DELETE ON "members" FOR EACH ROW EXECUTE FUNCTION "members_keep_live_keys"();
CREATE TRIGGER "members_keep_live_keys_update" AFTER UPDATE OF "organization_id", "user_id" ON "members"
  FOR EACH ROW WHEN ((OLD."organization_id", OLD."user_id") IS DISTINCT FROM (NEW."organization_id", NEW."user_id"))
  EXECUTE FUNCTION "members_keep_live_keys"();

CREATE FUNCTION "grants_keep_live_keys"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM api_keys k WHERE k.organization_id = OLD.organization_id AND k.creator_id = OLD.user_id
    AND k.live_creator_id IS NOT NULL
    AND (k.application_id = OLD.application_id OR k.workspace_id = OLD.workspace_id OR k.user_group_id = OLD.user_group_id)
    AND key_lives(k.id)) THEN
    RAISE foreign_key_violation USING MESSAGE = 'grants: a grant with live keys stays';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER "grants_keep_live_keys" AFTER DELETE ON "grants" FOR EACH ROW EXECUTE FUNCTION "grants_keep_live_keys"();
CREATE TRIGGER "grants_keep_live_keys_update" AFTER UPDATE OF "user_id", "application_id", "workspace_id", "user_group_id" ON "grants"
  FOR EACH ROW WHEN ((OLD."user_id", OLD."application_id", OLD."workspace_id", OLD."user_group_id")
    IS DISTINCT FROM (NEW."user_id", NEW."application_id", NEW."workspace_id", NEW."user_group_id"))
  EXECUTE FUNCTION "grants_keep_live_keys"();
