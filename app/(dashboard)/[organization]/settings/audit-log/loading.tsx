import { auditColumnLayouts, auditLogAbout } from "@/components/audit/audit-column-layouts";
import { ListSkeleton } from "@/components/list/list-skeleton";

export default function AuditLogLoading() {
  return (
    <ListSkeleton
      title="Audit log"
      about={auditLogAbout}
      button="w-24"
      columns={auditColumnLayouts}
      rows={10}
    />
  );
}
