import type { AccessLevel } from "@/lib/core/access/access-level";
import { maySeeAllKeys } from "@/lib/core/access/manage-keys";
import type { KeyCreators } from "@/lib/core/access/permission";

type Membership = {
  readonly slug: string;
  readonly level: AccessLevel;
  readonly keyCreators: KeyCreators;
};

export type PageLink = { readonly label: string; readonly href: string };

/** The settings pages this member may open, in navigation order. */
export function settingsPages(membership: Membership): PageLink[] {
  const base = `/${membership.slug}/settings`;
  const pages = [{ label: "General", href: `${base}/general` }];
  if (maySeeAllKeys(membership)) pages.push({ label: "API keys", href: `${base}/api-keys` });
  pages.push({ label: "Members", href: `${base}/members` });
  pages.push({ label: "Applications", href: `${base}/applications` });
  if (maySeeAllKeys(membership)) pages.push({ label: "Roles", href: `${base}/roles` });
  return pages;
}

/** An organization's landing page: its API keys, if this member may see them. */
export function organizationHome(membership: Membership): string {
  return `/${membership.slug}/settings/${maySeeAllKeys(membership) ? "api-keys" : "general"}`;
}
