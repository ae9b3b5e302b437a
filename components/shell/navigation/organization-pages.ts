import type { AccessLevel } from "@/lib/core/access/access-level";
import { maySeeAllKeys } from "@/lib/core/access/manage-keys";
import type { KeyCreators } from "@/lib/core/access/permission";
import { levelHolds } from "@/lib/core/access/permission";

type Membership = {
  readonly slug: string;
  readonly level: AccessLevel;
  readonly keyCreators: KeyCreators;
};

export type PageName =
  | "Overview"
  | "API keys"
  | "Members"
  | "Applications"
  | "Roles"
  | "Webhooks"
  | "Audit log"
  | "General"
  | "Profile"
  | "Notices"
  | "Security";

export type PageLink = {
  readonly label: PageName;
  readonly href: string;
  /** Whether the entry is current only on this exact path, because the pages below it have entries of their own. */
  readonly exact?: boolean;
};

/** An organization's pages that this member may open, in the groups and the order of the navigation. */
export function organizationPages(membership: Membership): PageLink[][] {
  const home = `/${membership.slug}`;
  const settings = `${home}/settings`;
  const seesKeys = maySeeAllKeys(membership);
  const managesWebhooks = levelHolds(membership.level, "webhooks:manage", membership.keyCreators);
  const readsLog = levelHolds(membership.level, "audit:read", membership.keyCreators);
  return [
    [{ label: "Overview", href: home, exact: true }],
    [
      ...(seesKeys ? [{ label: "API keys", href: `${settings}/api-keys` } as const] : []),
      { label: "Members", href: `${settings}/members` },
      { label: "Applications", href: `${settings}/applications` },
      ...(seesKeys ? [{ label: "Roles", href: `${settings}/roles` } as const] : []),
    ],
    [
      ...(managesWebhooks ? [{ label: "Webhooks", href: `${settings}/webhooks` } as const] : []),
      ...(readsLog ? [{ label: "Audit log", href: `${settings}/audit-log` } as const] : []),
    ],
    [{ label: "General", href: `${settings}/general` }],
  ];
}

/** An organization's landing page: its API keys for people who may see them, otherwise the overview. */
export function organizationHome(membership: Membership): string {
  const home = `/${membership.slug}`;
  return maySeeAllKeys(membership) ? `${home}/settings/api-keys` : home;
}
