import { Badge } from "@/components/ui/badge";
import { roleLabel } from "@/lib/core/access/role";
import type { RoleView } from "@/lib/services/keys/read/key-view";

/** The first role and a count of the others; hovering shows all. */
export function RoleBadges({ roles }: { roles: readonly RoleView[] }) {
  const [first] = roles;
  if (first === undefined) return <span className="text-ink-faint">None</span>;
  return (
    <span className="flex items-center gap-1" title={roles.map(roleLabel).join("\n")}>
      <Badge className="block! min-w-0 font-mono">{first.id}</Badge>
      {roles.length > 1 && <Badge className="shrink-0 tabular-nums">+{roles.length - 1}</Badge>}
    </span>
  );
}
