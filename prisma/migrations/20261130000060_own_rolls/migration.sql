-- With which of its own secrets a key rolled itself to get this one. Null for one that a person, another key or the
-- generation of the key brought. No foreign key: the chain is followed for some days only, and old secrets are deleted.
ALTER TABLE "api_key_secrets" ADD COLUMN "rolled_with_id" UUID;
