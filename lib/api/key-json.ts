import type { Limit } from "@/lib/core/effective-permissions";
import { formatKeyId } from "@/lib/core/key-id";
import type { KeySnapshot } from "@/lib/core/verdict";

/** What a key is and may do, as `GET /v1/me` and `POST /v1/keys/verify` both tell it. */
export function keyJson(
  key: KeySnapshot,
  state: {
    readonly secret: "current" | "previous";
    readonly permissions: readonly string[];
    readonly limits: readonly Limit[];
  },
) {
  return {
    key_id: formatKeyId(key.id),
    name: key.name,
    type: key.type,
    organization_id: key.organizationId,
    namespace: { type: key.namespace.type, id: key.namespace.id },
    access_level: key.accessLevel,
    roles: key.roles.map((role) => role.id),
    permissions: state.permissions,
    expires_at: key.expiresAt?.toISOString() ?? null,
    secret: state.secret,
    limited_by: state.limits.map(limitJson),
  };
}

/** What takes permissions away from the key. [L4] */
function limitJson(limit: Limit) {
  if (limit.by === "key_type") return { by: limit.by, permissions: limit.permissions };
  return { by: limit.by, level: limit.level, permissions: limit.permissions };
}
