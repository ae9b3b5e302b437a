import { Badge } from "@/components/ui/badge";
import type { Permission } from "@/lib/core/access/permission";

type PermissionBadgesProps = {
  label: string;
  permissions: readonly Permission[];
  /** Whether to strike the permissions through, as removed. */
  struck?: boolean;
};

export function PermissionBadges({ label, permissions, struck = false }: PermissionBadgesProps) {
  return (
    <ul aria-label={label} className="flex min-w-0 flex-wrap gap-1">
      {permissions.map((permission) => (
        <li key={permission} className="max-w-full">
          <Badge
            title={permission}
            className={
              struck
                ? "block! bg-transparent! font-mono text-ink-faint! line-through"
                : "block! font-mono text-ink!"
            }
          >
            {permission}
          </Badge>
        </li>
      ))}
    </ul>
  );
}
