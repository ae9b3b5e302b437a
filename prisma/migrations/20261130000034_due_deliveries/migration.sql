-- What is to be sent next to an endpoint, in order: a claim stops at the first few, however much waits behind them.
CREATE INDEX "webhook_deliveries_due" ON "webhook_deliveries"("endpoint_id", "position") WHERE "state" = 'waiting';
