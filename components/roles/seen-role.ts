import type { RoleRow } from "@/lib/services/roles/role-view";

/** The version the person saw. Sent with a change so that the server can detect a conflicting one. */
export function seenOf({ title, description, permissions, publishable }: RoleRow) {
  return { title, description, permissions: [...permissions], publishable };
}
