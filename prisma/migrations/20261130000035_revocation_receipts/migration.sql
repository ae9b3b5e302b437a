-- What was known when a revocation was answered: which nodes and clients no longer accept the key.

-- CreateTable
CREATE TABLE "revocation_receipts" (
    "organization_id" UUID NOT NULL,
    "key_id" TEXT NOT NULL,
    "change" BIGINT NOT NULL,
    "sealed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),
    "facts" TEXT,
    "pepper_version" INTEGER,
    "mac" BYTEA,

    CONSTRAINT "revocation_receipts_pkey" PRIMARY KEY ("organization_id","key_id")
);

-- CreateTable
CREATE TABLE "client_acknowledgements" (
    "node_id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "after_change" BIGINT NOT NULL,
    "through_change" BIGINT NOT NULL,
    "clients" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "client_acknowledgements_pkey" PRIMARY KEY ("organization_id","through_change","node_id")
);

-- CreateIndex
CREATE INDEX "client_acknowledgements_at_idx" ON "client_acknowledgements"("at");

-- AddForeignKey
ALTER TABLE "revocation_receipts" ADD CONSTRAINT "revocation_receipts_organization_id_key_id_fkey" FOREIGN KEY ("organization_id", "key_id") REFERENCES "api_keys"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AlterTable
ALTER TABLE "nodes" ADD COLUMN     "name" TEXT NOT NULL DEFAULT '';

-- What follows is what Prisma's schema language cannot say.

ALTER TABLE "revocation_receipts" ADD CONSTRAINT "revocation_receipts_facts_have_a_mac"
  CHECK (("facts" IS NULL) = ("mac" IS NULL) AND ("facts" IS NULL) = ("pepper_version" IS NULL));

-- Every revocation gets a receipt, whoever revokes and however. Fires after the trigger that numbers the change: both
-- wait for the end of the transaction, and then run in the order of their names.
CREATE FUNCTION "api_keys_receipt"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO revocation_receipts (organization_id, key_id, change)
  VALUES (NEW.organization_id, NEW.id, current_setting('latchkey.verdict_change')::bigint)
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER "api_keys_receipt" AFTER UPDATE OF "revoked_at" ON "api_keys"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD."revoked_at" IS NULL AND NEW."revoked_at" IS NOT NULL)
  EXECUTE FUNCTION "api_keys_receipt"();

-- A receipt that could be taken back could be written again, with the nodes of another day.
CREATE FUNCTION "revocation_receipts_stand"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD.facts IS NOT NULL
    OR (NEW.organization_id, NEW.key_id, NEW.change, NEW.sealed_at)
      IS DISTINCT FROM (OLD.organization_id, OLD.key_id, OLD.change, OLD.sealed_at) THEN
    RAISE EXCEPTION 'revocation receipts are never changed or removed';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "revocation_receipts_stand" BEFORE UPDATE OR DELETE ON "revocation_receipts"
  FOR EACH ROW EXECUTE FUNCTION "revocation_receipts_stand"();
