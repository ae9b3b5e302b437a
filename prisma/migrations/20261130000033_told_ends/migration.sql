-- Which ends of keys the audit trail has told of. Keys that have ended before this was kept are not told of any more.

CREATE TABLE "told_ends" (
    "key_id" TEXT NOT NULL,
    "organization_id" UUID NOT NULL,
    "expiring" TIMESTAMPTZ(3),
    "expired" TIMESTAMPTZ(3),

    CONSTRAINT "told_ends_pkey" PRIMARY KEY ("key_id")
);

ALTER TABLE "told_ends" ADD CONSTRAINT "told_ends_organization_id_key_id_fkey" FOREIGN KEY ("organization_id", "key_id") REFERENCES "api_keys"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

INSERT INTO "told_ends" ("key_id", "organization_id", "expired")
SELECT k."id", k."organization_id", e."end"
FROM "api_keys" k JOIN "organizations" o ON o."id" = k."organization_id"
CROSS JOIN LATERAL (SELECT least(k."expires_at", CASE WHEN k."id" IS DISTINCT FROM o."default_key_id"
  THEN k."created_at" + o."maximum_lifetime_days" * interval '24 hours' END) AS "end") e
WHERE k."revoked_at" IS NULL AND k."deleted_at" IS NULL AND e."end" <= now();
