-- One index for each filter of the audit log, in the order of its list.
-- DropIndex
DROP INDEX "audit_entries_organization_id_target_type_target_id_idx";

-- CreateIndex
CREATE INDEX "audit_entries_organization_id_action_sequence_idx" ON "audit_entries"("organization_id", "action", "sequence");

-- CreateIndex
CREATE INDEX "audit_entries_organization_id_actor_user_id_sequence_idx" ON "audit_entries"("organization_id", "actor_user_id", "sequence");

-- CreateIndex
CREATE INDEX "audit_entries_organization_id_actor_key_id_sequence_idx" ON "audit_entries"("organization_id", "actor_key_id", "sequence");

-- CreateIndex
CREATE INDEX "audit_entries_organization_id_target_id_sequence_idx" ON "audit_entries"("organization_id", "target_id", "sequence");

-- CreateIndex
CREATE INDEX "audit_entries_organization_id_at_idx" ON "audit_entries"("organization_id", "at");
