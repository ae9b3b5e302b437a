-- Webhook endpoints, what is delivered to them, and how far the readers of the audit trail have come.

CREATE TYPE "webhook_delivery_state" AS ENUM ('waiting', 'delivered', 'failed');

CREATE TABLE "log_cursors" (
    "reader" TEXT NOT NULL,
    "organization_id" UUID NOT NULL,
    "sequence" INTEGER NOT NULL,

    CONSTRAINT "log_cursors_pkey" PRIMARY KEY ("reader","organization_id")
);

CREATE TABLE "webhook_endpoints" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "url" TEXT NOT NULL,
    "events" TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "disabled_at" TIMESTAMPTZ(3),
    "disabled_by_failures" BOOLEAN NOT NULL DEFAULT false,
    "failing_since" TIMESTAMPTZ(3),
    "starts_after" INTEGER NOT NULL,
    "sealed_secret" BYTEA NOT NULL,
    "pepper_version" INTEGER NOT NULL,
    "previous_secret" BYTEA,
    "previous_version" INTEGER,
    "previous_until" TIMESTAMPTZ(3),

    CONSTRAINT "webhook_endpoints_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "webhook_deliveries" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "endpoint_id" UUID NOT NULL,
    "position" BIGSERIAL NOT NULL,
    "sequence" INTEGER,
    "type" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "subject_name" TEXT NOT NULL,
    "payload" TEXT NOT NULL,
    "state" "webhook_delivery_state" NOT NULL DEFAULT 'waiting',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(3),
    "claimed_until" TIMESTAMPTZ(3),
    "attempted_at" TIMESTAMPTZ(3),
    "duration_ms" INTEGER,
    "response_status" INTEGER,
    "response_body" TEXT,
    "error" TEXT,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "webhook_deliveries_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "webhook_endpoints_organization_id_id_key" ON "webhook_endpoints"("organization_id", "id");

CREATE INDEX "webhook_deliveries_endpoint_id_created_at_id_idx" ON "webhook_deliveries"("endpoint_id", "created_at", "id");

CREATE INDEX "webhook_deliveries_endpoint_id_state_created_at_id_idx" ON "webhook_deliveries"("endpoint_id", "state", "created_at", "id");

CREATE INDEX "webhook_deliveries_endpoint_id_finished_at_idx" ON "webhook_deliveries"("endpoint_id", "finished_at");

ALTER TABLE "log_cursors" ADD CONSTRAINT "log_cursors_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "webhook_endpoints" ADD CONSTRAINT "webhook_endpoints_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "webhook_deliveries" ADD CONSTRAINT "webhook_deliveries_organization_id_endpoint_id_fkey" FOREIGN KEY ("organization_id", "endpoint_id") REFERENCES "webhook_endpoints"("organization_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What follows is what Prisma's schema language cannot say.

-- What is to be sent next, and what waits for it.
CREATE INDEX "webhook_deliveries_waiting" ON "webhook_deliveries"("endpoint_id", "subject", "position") WHERE "state" = 'waiting';

ALTER TABLE "webhook_deliveries" ADD CONSTRAINT "webhook_deliveries_wait_for_a_moment"
  CHECK (("state" = 'waiting') = ("next_attempt_at" IS NOT NULL) AND ("state" = 'waiting') = ("finished_at" IS NULL));
ALTER TABLE "webhook_endpoints" ADD CONSTRAINT "webhook_endpoints_have_a_whole_previous_secret"
  CHECK (num_nulls("previous_secret", "previous_version", "previous_until") IN (0, 3));
