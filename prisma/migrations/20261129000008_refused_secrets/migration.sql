-- Whether a secret was ever presented and refused: somebody has it, though no use of it was good.
ALTER TABLE "api_key_secrets" ADD COLUMN "was_refused" BOOLEAN NOT NULL DEFAULT false;
