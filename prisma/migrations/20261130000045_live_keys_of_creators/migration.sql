-- How many keys of one creator live is counted before one is added. From this index alone; revoked keys are not in it.
CREATE INDEX "api_keys_live_of_creator" ON "api_keys" ("organization_id", "live_creator_id", "expires_at") INCLUDE ("created_at")
  WHERE "live_creator_id" IS NOT NULL;
