import { Badge } from "@/components/ui/badge";
import type { Limit } from "@/lib/core/effective-permissions";
import type { KeyDetails } from "@/lib/services/keys/key-view";

/** What the key may do now, and what takes away the rest of what its roles name. [L4] */
export function KeyPermissions({ details }: { details: KeyDetails }) {
  const { permissions, limits } = details;
  return (
    <div className="grid gap-4">
      {permissions.length === 0 ? (
        <p className="text-ink-muted">None.</p>
      ) : (
        <PermissionList label="Effective permissions" permissions={permissions} />
      )}
      {limits.map((limit) => (
        <div key={limit.by} className="grid gap-1.5">
          <p className="text-ink-muted text-xs">{limitText(limit, details)}</p>
          <PermissionList label={limitText(limit, details)} permissions={limit.permissions} struck />
        </div>
      ))}
    </div>
  );
}

function limitText(limit: Limit, { createdBy }: KeyDetails): string {
  if (limit.by === "key_type") return "Not for a public key, which reads only what is safe to publish:";
  if (limit.by === "access_level") return `Above the key's access level ${limit.level}:`;
  if (limit.level === null) return `Limited by ${createdBy.name}, who has no access to the namespace now:`;
  return `Limited by ${createdBy.name}'s ${limit.level} role:`;
}

type PermissionListProps = { label: string; permissions: readonly string[]; struck?: boolean };

function PermissionList({ label, permissions, struck = false }: PermissionListProps) {
  return (
    <ul aria-label={label} className="flex flex-wrap gap-1">
      {permissions.map((permission) => (
        <li key={permission} className="max-w-full">
          <Badge
            className={struck ? "bg-transparent font-mono text-ink-faint line-through" : "font-mono text-ink"}
          >
            {permission}
          </Badge>
        </li>
      ))}
    </ul>
  );
}
