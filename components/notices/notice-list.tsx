import {
  Ban,
  Clock,
  Crown,
  Globe,
  History,
  Hourglass,
  type LucideIcon,
  RefreshCw,
  TriangleAlert,
  Webhook,
} from "lucide-react";
import Link from "next/link";
import { classNames } from "@/components/ui/class-names";
import { RelativeTime } from "@/components/ui/time/relative-time";
import { dayText } from "@/components/ui/time/zoned-text";
import type { NoticeKind } from "@/lib/core/notices/notice-kinds";
import { noticeText } from "@/lib/core/notices/notice-text";
import type { NoticeView } from "@/lib/core/notices/notice-view";
import { pageWords } from "./notice-words";

const icons: Readonly<Record<NoticeKind, readonly [LucideIcon, tone: string]>> = {
  key_leaked: [TriangleAlert, "text-status-revoked-ink"],
  key_revoked: [Ban, "text-status-revoked-ink"],
  old_secret_in_use: [RefreshCw, "text-status-rolling-ink"],
  key_rolled_itself: [RefreshCw, "text-status-revoked-ink"],
  key_expiring: [Clock, "text-status-expiring-ink"],
  policy_ended: [Hourglass, "text-status-expired-ink"],
  new_owner: [Crown, "text-status-paused-ink"],
  new_browser: [Globe, "text-status-rolling-ink"],
  audit_kept_shorter: [History, "text-status-revoked-ink"],
  webhook_disabled: [Webhook, "text-status-expiring-ink"],
};

type NoticeListProps = { notices: readonly NoticeView[]; now: Date; showOrganization: boolean };

/** Notices grouped by day, newest first. */
export function NoticeList({ notices, now, showOrganization }: NoticeListProps) {
  const days = [...new Set(notices.map(({ at }) => dayOf(at)))];
  return days.map((day) => (
    <section key={day} aria-labelledby={`day-${day}`} className="grid grid-cols-1 gap-2">
      <h2 id={`day-${day}`} className="font-semibold text-[0.8125rem] text-ink-muted">
        {dayWords(day, now)}
      </h2>
      <ul className="grid grid-cols-1 divide-y rounded-lg border bg-surface">
        {notices
          .filter(({ at }) => dayOf(at) === day)
          .map((notice) => (
            <Notice key={notice.id} notice={notice} showOrganization={showOrganization} />
          ))}
      </ul>
    </section>
  ));
}

function Notice({ notice, showOrganization }: { notice: NoticeView; showOrganization: boolean }) {
  const { title, lines } = noticeText(notice, pageWords);
  const [Icon, tone] = icons[notice.kind];
  const { isUnread, href, organization } = notice;
  return (
    <li className="relative flex gap-3 py-3 pr-4 pl-6">
      {isUnread && (
        <span aria-hidden className="absolute top-4.5 left-2.5 size-1.5 rounded-full bg-accent-ink" />
      )}
      <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${tone}`} />
      <div className="min-w-0 flex-1 [overflow-wrap:anywhere]">
        <p className={classNames("text-ink text-sm", isUnread && "font-medium")}>
          {isUnread && <span className="sr-only">Unread: </span>}
          {href === null ? (
            title
          ) : (
            <Link href={href} className="rounded-sm hover:underline">
              {title}
            </Link>
          )}
        </p>
        {lines.map((line) => (
          <p key={line} className="text-[0.8125rem] text-ink-muted leading-5">
            {line}
          </p>
        ))}
        <p className="mt-0.5 text-ink-faint text-xs">
          {showOrganization && organization !== null && (
            <>
              <bdi>{organization.name}</bdi> ·{" "}
            </>
          )}
          <RelativeTime moment={notice.at} />
        </p>
      </div>
    </li>
  );
}

const dayMs = 24 * 60 * 60 * 1000;
const dayOf = (moment: Date) => moment.toISOString().slice(0, 10);

function dayWords(day: string, now: Date): string {
  if (day === dayOf(now)) return "Today";
  if (day === dayOf(new Date(now.getTime() - dayMs))) return "Yesterday";
  return dayText(new Date(day), "UTC");
}
