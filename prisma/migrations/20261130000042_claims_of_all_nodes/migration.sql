-- What all nodes together are sending to an endpoint. What is due is found by subject, however many messages wait about one.
CREATE INDEX "webhook_deliveries_claimed" ON "webhook_deliveries"("endpoint_id") WHERE "claimed_until" IS NOT NULL;
DROP INDEX "webhook_deliveries_due";
