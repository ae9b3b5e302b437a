-- With a key end the keys that its tokens made, so its families are looked for.
CREATE INDEX "token_families_organization_id_key_id_idx" ON "token_families"("organization_id", "key_id");
