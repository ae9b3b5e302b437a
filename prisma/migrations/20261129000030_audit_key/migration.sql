-- The pepper version whose chain key hashed an entry; null for entries from before there was one. Added without a
-- default and checked only for new rows, so that neither rewrites nor reads a large table. The check also refuses
-- entries of a node that does not know the key yet.

ALTER TABLE "audit_entries" ADD COLUMN "pepper_version" INTEGER;

-- What follows is what Prisma's schema language cannot say.

ALTER TABLE "audit_entries" ADD CONSTRAINT "audit_entries_are_keyed" CHECK ("pepper_version" IS NOT NULL) NOT VALID;
