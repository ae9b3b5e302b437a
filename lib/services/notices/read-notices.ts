import { maySeeAllKeys, maySeeOwnKeys } from "@/lib/core/access/manage-keys";
import { isNoticeKind, type NoticeKind } from "@/lib/core/notices/notice-kinds";
import type { NoticeView, ShownItem } from "@/lib/core/notices/notice-view";
import { database } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { listMemberships, type Membership } from "@/lib/services/users/list-memberships";
import { visibleItems, visibleNotices } from "./visible-notices";

type Wanted = {
  /** A condition on `n.position`, and on the notice itself as `notice`. */
  readonly where: Prisma.Sql;
  /** A condition on an item: `i.position`, its key `k` and its notice as `notice`. */
  readonly items: Prisma.Sql;
  readonly most: number;
  /** How many of a notice's items are returned by name. */
  readonly named: number;
};

type Row = {
  readonly id: string;
  readonly kind: string;
  readonly slug: string | null;
  readonly at: Date;
  readonly position: bigint;
  readonly total: number;
  readonly inUse: number;
  readonly shown: readonly (Omit<ShownItem, "at" | "lastUsedAt"> & {
    at: string;
    lastUsedAt: string | null;
  })[];
};

/** Notices that a person may see now, newest first, each with its selected items. Notices without any are left out. */
export async function readNotices(
  userId: string,
  { where, items, most, named }: Wanted,
): Promise<Omit<NoticeView, "isUnread">[]> {
  const recent = Prisma.sql`(k.last_used_at >= now() - interval '7 days')`;
  const rows = await database().$queryRaw<Row[]>`
    SELECT n.id::text AS id, notice.kind, o.slug, n.at, n.position, c.total, c.in_use AS "inUse", s.shown
    FROM ${visibleNotices(userId)} n JOIN notices notice ON notice.id = n.id
    LEFT JOIN organizations o ON o.id = notice.organization_id
    CROSS JOIN LATERAL (
      SELECT count(*)::int AS total, count(*) FILTER (WHERE ${recent})::int AS in_use
      FROM ${visibleItems(userId)} AND ${items}
    ) c
    CROSS JOIN LATERAL (
      SELECT jsonb_agg(jsonb_build_object('keyId', f.key_id, 'name', f.name, 'at', f.at, 'details', f.details,
        'lastUsedAt', f.last_used_at) ORDER BY f.last_used_at DESC NULLS LAST, f.position DESC) AS shown
      FROM (
        SELECT i.key_id, i.name, i.at, i.details, i.position, k.last_used_at FROM ${visibleItems(userId)} AND ${items}
        ORDER BY k.last_used_at DESC NULLS LAST, i.position DESC LIMIT ${named}
      ) f
    ) s
    WHERE ${where} AND c.total > 0
    ORDER BY n.position DESC LIMIT ${most}`;
  const memberships = await listMemberships(userId);
  return rows.flatMap(({ kind, slug, shown, position, ...row }) => {
    // Another node may already run a version with more kinds.
    if (!isNoticeKind(kind)) return [];
    const membership = memberships.find((one) => one.slug === slug);
    // The person left the organization between the two reads.
    if (slug !== null && membership === undefined) return [];
    const items = shown.map(({ at, lastUsedAt, ...item }) => ({
      ...{ ...item, at: new Date(at), lastUsedAt: lastUsedAt === null ? null : new Date(lastUsedAt) },
    }));
    const organization = membership === undefined ? null : { name: membership.name, slug: membership.slug };
    const href = membership === undefined ? null : hrefOf(kind, membership, row.total, items[0]);
    return [{ ...row, kind, organization, position: Number(position), shown: items, href }];
  });
}

/** The page with all items, if this person may open it. */
function hrefOf(
  kind: NoticeKind,
  membership: Membership,
  total: number,
  first: ShownItem | undefined,
): string | null {
  const settings = `/${membership.slug}/settings`;
  if (kind === "new_owner") return `${settings}/members`;
  if (kind === "audit_kept_shorter") return `${settings}/general`;
  if (kind === "webhook_disabled") return membership.level === "OWNER" ? `${settings}/webhooks` : null;
  const keys = maySeeAllKeys(membership)
    ? `${settings}/api-keys`
    : maySeeOwnKeys(membership)
      ? `/account/api-keys/${membership.slug}`
      : null;
  if (keys === null || first === undefined) return null;
  if (total === 1) return `${keys}?status=all&key=${first.keyId}`;
  switch (kind) {
    case "key_expiring":
      return `${keys}?status=all&expires=${String(first.details.endsAt).slice(0, 10)}`;
    case "policy_ended":
      return `${keys}?status=expired`;
    case "old_secret_in_use":
      return keys;
    default:
      return first.details.done === "paused" ? keys : `${keys}?status=revoked`;
  }
}
