import { maySeeAllKeys, maySeeOwnKeys } from "@/lib/core/access/manage-keys";
import type { Membership } from "@/lib/services/users/list-memberships";
import { organizationPages } from "../navigation/organization-pages";
import { type PageKey, pageKeys } from "./page-keys";

/** Where this person finds keys: those of the organization, or their own; undefined if they see none. */
export function keysPath(membership: Membership): string | undefined {
  if (maySeeAllKeys(membership)) return `/${membership.slug}/settings/api-keys`;
  return maySeeOwnKeys(membership) ? `/account/api-keys/${membership.slug}` : undefined;
}

/** Where this person generates keys; undefined if they may not. */
export function generatePath(membership: Membership): string | undefined {
  return maySeeOwnKeys(membership) ? keysPath(membership) : undefined;
}

/** The page that `g` and this key open; undefined if this person has no such page. */
export function pagePath(membership: Membership, key: PageKey): string | undefined {
  if (key === "k") return keysPath(membership);
  return organizationPages(membership)
    .flat()
    .find(({ label }) => label === pageKeys[key])?.href;
}
