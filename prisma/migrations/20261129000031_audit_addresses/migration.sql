-- The audit log by address, in the order of its list.

CREATE INDEX "audit_entries_organization_id_address_sequence_idx" ON "audit_entries"("organization_id", "address", "sequence");
