import { roleLabel } from "@/lib/core/access/role";
import type { RoleView } from "@/lib/services/keys/read/key-view";

/** `id - Title`, with the id in monospace. */
export function RoleName({ role }: { role: RoleView }) {
  return (
    <span title={roleLabel(role)}>
      <span className="font-mono text-[0.8125rem]">{role.id}</span> - {role.title}
    </span>
  );
}
