-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "access_level" AS ENUM ('MEMBER', 'ADMIN', 'OWNER');

-- CreateEnum
CREATE TYPE "key_type" AS ENUM ('secret', 'public');

-- CreateEnum
CREATE TYPE "namespace_type" AS ENUM ('organization', 'application', 'workspace', 'usergroup');

-- CreateEnum
CREATE TYPE "revocation_reason" AS ENUM ('person', 'creator_removed', 'leaked', 'policy');

-- CreateEnum
CREATE TYPE "actor_kind" AS ENUM ('user', 'key', 'system');

-- CreateTable
CREATE TABLE "organizations" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "key_creators" "access_level" NOT NULL DEFAULT 'OWNER',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "organizations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "users" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "password_hash" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sessions" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "authenticated_at" TIMESTAMPTZ(3) NOT NULL,
    "address" TEXT,
    "user_agent" TEXT,

    CONSTRAINT "sessions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "members" (
    "organization_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "access_level" "access_level" NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "members_pkey" PRIMARY KEY ("organization_id","user_id")
);

-- CreateTable
CREATE TABLE "applications" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "applications_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "workspaces" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "application_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "workspaces_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "user_groups" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "application_id" UUID,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "user_groups_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "grants" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "application_id" UUID,
    "workspace_id" UUID,
    "user_group_id" UUID,
    "access_level" "access_level" NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "grants_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "roles" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "role_id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "permissions" TEXT[],
    "publishable" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "roles_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_keys" (
    "id" TEXT NOT NULL,
    "organization_id" UUID NOT NULL,
    "type" "key_type" NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "access_level" "access_level" NOT NULL,
    "namespace_type" "namespace_type" NOT NULL,
    "application_id" UUID,
    "workspace_id" UUID,
    "user_group_id" UUID,
    "creator_id" UUID NOT NULL,
    "live_creator_id" UUID,
    "created_by_key_id" TEXT,
    "secret_version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "revocation_reason" "revocation_reason",
    "revoked_by_id" UUID,
    "deleted_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),
    "last_used_address" TEXT,
    "last_used_client" TEXT,

    CONSTRAINT "api_keys_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_key_secrets" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "key_id" TEXT NOT NULL,
    "key_type" "key_type" NOT NULL,
    "version" INTEGER NOT NULL,
    "hash" BYTEA NOT NULL,
    "pepper_version" INTEGER NOT NULL,
    "public_token" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_key_secrets_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_key_roles" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "key_id" TEXT NOT NULL,
    "built_in_role_id" TEXT,
    "role_id" UUID,

    CONSTRAINT "api_key_roles_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_key_usage_hours" (
    "organization_id" UUID NOT NULL,
    "key_id" TEXT NOT NULL,
    "hour" TIMESTAMPTZ(3) NOT NULL,
    "calls" INTEGER NOT NULL,

    CONSTRAINT "api_key_usage_hours_pkey" PRIMARY KEY ("key_id","hour")
);

-- CreateTable
CREATE TABLE "audit_entries" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "sequence" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor_kind" "actor_kind" NOT NULL,
    "actor_user_id" UUID,
    "actor_key_id" TEXT,
    "actor_name" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "target_type" TEXT NOT NULL,
    "target_id" TEXT NOT NULL,
    "target_name" TEXT NOT NULL,
    "details" JSONB NOT NULL,
    "address" TEXT,
    "user_agent" TEXT,
    "request_id" TEXT,
    "hash" BYTEA NOT NULL,

    CONSTRAINT "audit_entries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_heads" (
    "organization_id" UUID NOT NULL,
    "sequence" INTEGER NOT NULL DEFAULT 0,
    "hash" BYTEA NOT NULL,

    CONSTRAINT "audit_heads_pkey" PRIMARY KEY ("organization_id")
);

-- CreateTable
CREATE TABLE "throttles" (
    "key" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "window_started_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "throttles_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "setup_tokens" (
    "hash" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "setup_tokens_pkey" PRIMARY KEY ("hash")
);

-- CreateIndex
CREATE UNIQUE INDEX "organizations_slug_key" ON "organizations"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "users_email_key" ON "users"("email");

-- CreateIndex
CREATE INDEX "sessions_user_id_idx" ON "sessions"("user_id");

-- CreateIndex
CREATE INDEX "members_user_id_idx" ON "members"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "applications_organization_id_id_key" ON "applications"("organization_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "applications_organization_id_name_key" ON "applications"("organization_id", "name");

-- CreateIndex
CREATE UNIQUE INDEX "workspaces_organization_id_id_key" ON "workspaces"("organization_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "workspaces_application_id_name_key" ON "workspaces"("application_id", "name");

-- CreateIndex
CREATE INDEX "user_groups_application_id_idx" ON "user_groups"("application_id");

-- CreateIndex
CREATE UNIQUE INDEX "user_groups_organization_id_id_key" ON "user_groups"("organization_id", "id");

-- CreateIndex
CREATE INDEX "grants_organization_id_user_id_idx" ON "grants"("organization_id", "user_id");

-- CreateIndex
CREATE UNIQUE INDEX "grants_user_id_application_id_key" ON "grants"("user_id", "application_id");

-- CreateIndex
CREATE UNIQUE INDEX "grants_user_id_workspace_id_key" ON "grants"("user_id", "workspace_id");

-- CreateIndex
CREATE UNIQUE INDEX "grants_user_id_user_group_id_key" ON "grants"("user_id", "user_group_id");

-- CreateIndex
CREATE UNIQUE INDEX "roles_organization_id_id_key" ON "roles"("organization_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "roles_organization_id_role_id_key" ON "roles"("organization_id", "role_id");

-- CreateIndex
CREATE INDEX "api_keys_organization_id_created_at_idx" ON "api_keys"("organization_id", "created_at");

-- CreateIndex
CREATE INDEX "api_keys_organization_id_creator_id_idx" ON "api_keys"("organization_id", "creator_id");

-- CreateIndex
CREATE INDEX "api_keys_creator_id_idx" ON "api_keys"("creator_id");

-- CreateIndex
CREATE UNIQUE INDEX "api_keys_organization_id_id_key" ON "api_keys"("organization_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "api_keys_organization_id_id_type_key" ON "api_keys"("organization_id", "id", "type");

-- CreateIndex
CREATE UNIQUE INDEX "api_key_secrets_key_id_version_key" ON "api_key_secrets"("key_id", "version");

-- CreateIndex
CREATE UNIQUE INDEX "api_key_roles_key_id_built_in_role_id_key" ON "api_key_roles"("key_id", "built_in_role_id");

-- CreateIndex
CREATE UNIQUE INDEX "api_key_roles_key_id_role_id_key" ON "api_key_roles"("key_id", "role_id");

-- CreateIndex
CREATE INDEX "audit_entries_organization_id_target_type_target_id_idx" ON "audit_entries"("organization_id", "target_type", "target_id");

-- CreateIndex
CREATE UNIQUE INDEX "audit_entries_organization_id_sequence_key" ON "audit_entries"("organization_id", "sequence");

-- AddForeignKey
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "members" ADD CONSTRAINT "members_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "members" ADD CONSTRAINT "members_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "applications" ADD CONSTRAINT "applications_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "workspaces" ADD CONSTRAINT "workspaces_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "workspaces" ADD CONSTRAINT "workspaces_organization_id_application_id_fkey" FOREIGN KEY ("organization_id", "application_id") REFERENCES "applications"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "user_groups" ADD CONSTRAINT "user_groups_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "user_groups" ADD CONSTRAINT "user_groups_organization_id_application_id_fkey" FOREIGN KEY ("organization_id", "application_id") REFERENCES "applications"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "grants" ADD CONSTRAINT "grants_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "grants" ADD CONSTRAINT "grants_organization_id_user_id_fkey" FOREIGN KEY ("organization_id", "user_id") REFERENCES "members"("organization_id", "user_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "grants" ADD CONSTRAINT "grants_organization_id_application_id_fkey" FOREIGN KEY ("organization_id", "application_id") REFERENCES "applications"("organization_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "grants" ADD CONSTRAINT "grants_organization_id_workspace_id_fkey" FOREIGN KEY ("organization_id", "workspace_id") REFERENCES "workspaces"("organization_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "grants" ADD CONSTRAINT "grants_organization_id_user_group_id_fkey" FOREIGN KEY ("organization_id", "user_group_id") REFERENCES "user_groups"("organization_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "roles" ADD CONSTRAINT "roles_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_organization_id_application_id_fkey" FOREIGN KEY ("organization_id", "application_id") REFERENCES "applications"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_organization_id_workspace_id_fkey" FOREIGN KEY ("organization_id", "workspace_id") REFERENCES "workspaces"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_organization_id_user_group_id_fkey" FOREIGN KEY ("organization_id", "user_group_id") REFERENCES "user_groups"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_creator_id_fkey" FOREIGN KEY ("creator_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_organization_id_live_creator_id_fkey" FOREIGN KEY ("organization_id", "live_creator_id") REFERENCES "members"("organization_id", "user_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_revoked_by_id_fkey" FOREIGN KEY ("revoked_by_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_organization_id_created_by_key_id_fkey" FOREIGN KEY ("organization_id", "created_by_key_id") REFERENCES "api_keys"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_key_secrets" ADD CONSTRAINT "api_key_secrets_organization_id_key_id_key_type_fkey" FOREIGN KEY ("organization_id", "key_id", "key_type") REFERENCES "api_keys"("organization_id", "id", "type") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_key_roles" ADD CONSTRAINT "api_key_roles_organization_id_key_id_fkey" FOREIGN KEY ("organization_id", "key_id") REFERENCES "api_keys"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_key_roles" ADD CONSTRAINT "api_key_roles_organization_id_role_id_fkey" FOREIGN KEY ("organization_id", "role_id") REFERENCES "roles"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_key_usage_hours" ADD CONSTRAINT "api_key_usage_hours_organization_id_key_id_fkey" FOREIGN KEY ("organization_id", "key_id") REFERENCES "api_keys"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "audit_entries" ADD CONSTRAINT "audit_entries_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "audit_entries" ADD CONSTRAINT "audit_entries_actor_user_id_fkey" FOREIGN KEY ("actor_user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "audit_heads" ADD CONSTRAINT "audit_heads_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What follows is what Prisma's schema language cannot say.

-- An email is compared as it is stored, so it is stored one way.
ALTER TABLE "users" ADD CONSTRAINT "users_email_is_lower_case" CHECK ("email" = lower("email") AND "email" <> '');
ALTER TABLE "organizations" ADD CONSTRAINT "organizations_slug_is_plain" CHECK ("slug" ~ '^[a-z0-9]+(-[a-z0-9]+)*$');

-- A name within one parent is unique; NULL is a parent too, and a plain unique index would not see it.
CREATE UNIQUE INDEX "user_groups_name_in_application" ON "user_groups"("application_id", "name") WHERE "application_id" IS NOT NULL;
CREATE UNIQUE INDEX "user_groups_name_in_organization" ON "user_groups"("organization_id", "name") WHERE "application_id" IS NULL;

-- A grant is in exactly one place.
ALTER TABLE "grants" ADD CONSTRAINT "grants_one_namespace" CHECK (num_nonnulls("application_id", "workspace_id", "user_group_id") = 1);

-- A role of an organization's own has an id that can stand before a dash and be typed.
ALTER TABLE "roles" ADD CONSTRAINT "roles_role_id_is_plain" CHECK ("role_id" ~ '^[a-z][a-z0-9_]*$');

-- A key's id is 16 characters of base62.
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_id_is_base62" CHECK ("id" ~ '^[0-9A-Za-z]{16}$');
-- The namespace's type and its one reference agree.
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_one_namespace" CHECK (
  num_nonnulls("application_id", "workspace_id", "user_group_id") = CASE WHEN "namespace_type" = 'organization' THEN 0 ELSE 1 END
  AND ("namespace_type" = 'application') = ("application_id" IS NOT NULL)
  AND ("namespace_type" = 'workspace') = ("workspace_id" IS NOT NULL)
  AND ("namespace_type" = 'usergroup') = ("user_group_id" IS NOT NULL)
);
-- A public key identifies; it never carries more than the lowest level.
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_public_is_member" CHECK ("type" = 'secret' OR "access_level" = 'MEMBER');
-- Revoked means when and why; deleted means revoked first.
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_revoked_with_reason" CHECK (("revoked_at" IS NULL) = ("revocation_reason" IS NULL));
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_deleted_is_revoked" CHECK ("deleted_at" IS NULL OR "revoked_at" IS NOT NULL);
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_revoker_of_revoked" CHECK ("revoked_by_id" IS NULL OR "revoked_at" IS NOT NULL);
-- A key that is not revoked has a creator who is a member: the foreign key on live_creator_id does the rest.
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_live_creator_is_creator" CHECK (
  "live_creator_id" IS NOT DISTINCT FROM CASE WHEN "revoked_at" IS NULL THEN "creator_id" END
);
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_expires_after_creation" CHECK ("expires_at" IS NULL OR "expires_at" > "created_at");
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_secret_version_counts" CHECK ("secret_version" >= 1);

-- One current secret a key.
CREATE UNIQUE INDEX "api_key_secrets_one_current" ON "api_key_secrets"("key_id") WHERE "ends_at" IS NULL;
ALTER TABLE "api_key_secrets" ADD CONSTRAINT "api_key_secrets_hash_is_sha256" CHECK (octet_length("hash") = 32);
-- A public key's token is kept; a secret key's never.
ALTER TABLE "api_key_secrets" ADD CONSTRAINT "api_key_secrets_token_of_public" CHECK (("key_type" = 'public') = ("public_token" IS NOT NULL));

-- A key's role is a built-in one or one of the organization's own.
ALTER TABLE "api_key_roles" ADD CONSTRAINT "api_key_roles_one_role" CHECK (num_nonnulls("built_in_role_id", "role_id") = 1);

ALTER TABLE "api_key_usage_hours" ADD CONSTRAINT "api_key_usage_hours_calls_count" CHECK ("calls" > 0);
ALTER TABLE "audit_entries" ADD CONSTRAINT "audit_entries_sequence_counts" CHECK ("sequence" >= 1);
ALTER TABLE "audit_entries" ADD CONSTRAINT "audit_entries_hash_is_sha256" CHECK (octet_length("hash") = 32);
ALTER TABLE "audit_heads" ADD CONSTRAINT "audit_heads_hash_is_sha256" CHECK (octet_length("hash") = 32);

-- What a key is born with never changes, and what has ended stays ended, whatever the code above does.
CREATE FUNCTION "api_keys_guard"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.id <> OLD.id OR NEW.organization_id <> OLD.organization_id OR NEW.type <> OLD.type
     OR NEW.created_at <> OLD.created_at OR NEW.expires_at IS DISTINCT FROM OLD.expires_at
     OR NEW.namespace_type <> OLD.namespace_type OR NEW.application_id IS DISTINCT FROM OLD.application_id
     OR NEW.workspace_id IS DISTINCT FROM OLD.workspace_id OR NEW.user_group_id IS DISTINCT FROM OLD.user_group_id THEN
    RAISE EXCEPTION 'api_keys: id, organization, type, namespace, creation and expiry never change';
  END IF;
  IF OLD.revoked_at IS NOT NULL AND (NEW.revoked_at IS DISTINCT FROM OLD.revoked_at
     OR NEW.revocation_reason IS DISTINCT FROM OLD.revocation_reason) THEN
    RAISE EXCEPTION 'api_keys: a revocation is final';
  END IF;
  IF OLD.deleted_at IS NOT NULL AND NEW.deleted_at IS DISTINCT FROM OLD.deleted_at THEN
    RAISE EXCEPTION 'api_keys: a deletion is final';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "api_keys_guard" BEFORE UPDATE ON "api_keys" FOR EACH ROW EXECUTE FUNCTION "api_keys_guard"();

-- A secret that was rolled can end earlier, never later, and never becomes current again.
CREATE FUNCTION "api_key_secrets_guard"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.key_id <> OLD.key_id OR NEW.version <> OLD.version OR NEW.created_at <> OLD.created_at THEN
    RAISE EXCEPTION 'api_key_secrets: key, version and creation never change';
  END IF;
  IF OLD.ends_at IS NOT NULL AND (NEW.ends_at IS NULL OR NEW.ends_at > OLD.ends_at) THEN
    RAISE EXCEPTION 'api_key_secrets: the end of a secret is never put off';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "api_key_secrets_guard" BEFORE UPDATE ON "api_key_secrets" FOR EACH ROW EXECUTE FUNCTION "api_key_secrets_guard"();

-- The audit trail only grows.
CREATE FUNCTION "audit_entries_guard"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'audit_entries: an entry is never changed or removed';
END $$;
CREATE TRIGGER "audit_entries_guard" BEFORE UPDATE OR DELETE ON "audit_entries" FOR EACH ROW EXECUTE FUNCTION "audit_entries_guard"();
CREATE TRIGGER "audit_entries_no_truncate" BEFORE TRUNCATE ON "audit_entries" FOR EACH STATEMENT EXECUTE FUNCTION "audit_entries_guard"();
