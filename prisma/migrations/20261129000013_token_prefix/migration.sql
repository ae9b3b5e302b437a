-- An organization can have a token prefix of its own, which stays its own.

-- AlterTable
ALTER TABLE "organizations" ADD COLUMN     "token_prefix" TEXT;

-- CreateTable
CREATE TABLE "token_prefixes" (
    "prefix" TEXT NOT NULL,
    "organization_id" UUID NOT NULL,
    "taken_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "token_prefixes_pkey" PRIMARY KEY ("prefix")
);

-- CreateIndex
CREATE INDEX "token_prefixes_organization_id_idx" ON "token_prefixes"("organization_id");

-- CreateIndex
CREATE UNIQUE INDEX "token_prefixes_prefix_organization_id_key" ON "token_prefixes"("prefix", "organization_id");

-- AddForeignKey
ALTER TABLE "token_prefixes" ADD CONSTRAINT "token_prefixes_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What follows is what Prisma's schema language cannot say.

ALTER TABLE "token_prefixes" ADD CONSTRAINT "token_prefixes_form" CHECK ("prefix" ~ '^[a-z][a-z0-9]{1,15}$' AND "prefix" <> 'lk');

-- One of its own. Since nobody else can ever take it, it is unique, and so is who has had it.
CREATE FUNCTION "organizations_prefix_is_own"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM token_prefixes WHERE prefix = NEW.token_prefix AND organization_id = NEW.id) THEN
    RAISE EXCEPTION 'the token prefix % is not of organization %', NEW.token_prefix, NEW.id;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "organizations_prefix_is_own" BEFORE INSERT OR UPDATE OF "token_prefix" ON "organizations"
  FOR EACH ROW WHEN (NEW.token_prefix IS NOT NULL) EXECUTE FUNCTION "organizations_prefix_is_own"();

CREATE FUNCTION "token_prefixes_stay"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a token prefix stays with its organization';
END $$;
CREATE TRIGGER "token_prefixes_stay" BEFORE UPDATE OR DELETE ON "token_prefixes"
  FOR EACH ROW EXECUTE FUNCTION "token_prefixes_stay"();

-- Nothing else but a secret's hash ever holds a secret key's token, whatever its prefix.
ALTER TABLE "idempotent_requests" DROP CONSTRAINT "idempotent_requests_hold_no_token";
ALTER TABLE "idempotent_requests" ADD CONSTRAINT "idempotent_requests_hold_no_token" CHECK ("answer" !~ '[a-z][a-z0-9]{1,15}_sk_[0-9A-Za-z]{54}');
