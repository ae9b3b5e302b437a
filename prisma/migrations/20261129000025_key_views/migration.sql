-- Views of the list of keys that a member saved.

CREATE TABLE "key_views" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "query" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "key_views_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "key_views_organization_id_user_id_name_key" ON "key_views"("organization_id", "user_id", "name");

ALTER TABLE "key_views" ADD CONSTRAINT "key_views_organization_id_user_id_fkey" FOREIGN KEY ("organization_id", "user_id") REFERENCES "members"("organization_id", "user_id") ON DELETE CASCADE ON UPDATE CASCADE;
