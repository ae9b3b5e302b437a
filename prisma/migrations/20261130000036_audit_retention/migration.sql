-- An organization may keep its audit entries for so many days. Older ones are cut off the beginning of the chain.

-- AlterTable
ALTER TABLE "organizations" ADD COLUMN     "audit_retention_days" INTEGER;

-- What follows is what Prisma's schema language cannot say.

ALTER TABLE "organizations" ADD CONSTRAINT "organizations_audit_retention_in_range"
  CHECK ("audit_retention_days" BETWEEN 30 AND 3650);

-- The audit trail only grows, except that a job removes what an entry of the same chain says was cut, in a transaction
-- that names the organization.
CREATE OR REPLACE FUNCTION "audit_entries_guard"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF current_setting('latchkey.audit_cut', true) = OLD.organization_id::text AND EXISTS (
      SELECT 1 FROM audit_entries WHERE organization_id = OLD.organization_id AND action = 'organization.audit_cut'
        AND sequence > OLD.sequence AND (details->>'through')::int >= OLD.sequence) THEN
      RETURN OLD;
    END IF;
  END IF;
  RAISE EXCEPTION 'audit_entries: an entry is never changed or removed';
END $$;
