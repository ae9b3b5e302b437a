import type { RoleRow } from "@/lib/services/roles/role-view";

/** What is sent with a change, so that the server can tell whether somebody else was there first. */
export function seenOf({ title, description, permissions, publishable }: RoleRow) {
  return { title, description, permissions: [...permissions], publishable };
}
