-- Filters of the list of keys: by a label with any value, by a role, and paused keys.

-- Prisma's schema language cannot say any of these.

-- Replaces one that finds no name without its value.
DROP INDEX "api_keys_by_label";
CREATE INDEX "api_keys_by_label" ON "api_keys" USING gin ("labels") WITH (fastupdate = off) WHERE "labels" <> '{}';

-- Few among many, like revoked keys.
CREATE INDEX "api_keys_paused" ON "api_keys"("organization_id", "created_at", "id") WHERE "paused_at" IS NOT NULL AND "deleted_at" IS NULL;

-- From a role to its keys; the unique ones go from a key to its roles.
CREATE INDEX "api_key_roles_by_built_in_role" ON "api_key_roles"("organization_id", "built_in_role_id", "key_id") WHERE "built_in_role_id" IS NOT NULL;
CREATE INDEX "api_key_roles_by_role" ON "api_key_roles"("organization_id", "role_id", "key_id") WHERE "role_id" IS NOT NULL;
