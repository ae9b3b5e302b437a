import { Ban, Clock, type LucideIcon, RefreshCw, Tags } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { countOf } from "@/components/ui/count-of";
import { grouped } from "@/components/ui/grouped";
import { RelativeTime } from "@/components/ui/time/relative-time";
import type { KeyCount } from "@/lib/services/keys/read/key-view";
import type { Attention } from "@/lib/services/overview/overview-view";
import { cardLink, OverviewCard } from "./overview-card";

type NeedsAttentionProps = { items: readonly Attention[]; listHref: string };

/** Things that need attention, worst first, each with a link. */
export function NeedsAttention({ items, listHref }: NeedsAttentionProps) {
  if (items.length === 0) {
    return (
      <OverviewCard title="Needs attention">
        <p className="px-4 pb-4 text-[0.8125rem] text-ink-muted">
          Nothing. Leaked and expiring keys, previous secrets still in use and keys that hold more than they
          use appear here.
        </p>
      </OverviewCard>
    );
  }
  return (
    <OverviewCard
      title={
        <>
          Needs attention <span className="ml-1 font-normal text-ink-faint tabular-nums">{items.length}</span>
        </>
      }
    >
      <ul>
        {items.map((item) => {
          const { icon: Icon, tone, title, text, action, href } = shownAs(item, listHref);
          return (
            <li key={`${item.kind} ${href}`} className="flex gap-2.5 border-t px-4 py-2.5">
              <Icon aria-hidden className={`mt-0.5 size-3.5 shrink-0 ${tone}`} />
              <div className="min-w-0 flex-1 [overflow-wrap:anywhere]">
                <p className="font-medium text-[0.8125rem] text-ink leading-[1.125rem]">{title}</p>
                <p className="text-ink-muted text-xs">{text}</p>
              </div>
              <Link href={href} className={`${cardLink} self-center text-[0.8125rem]`}>
                {action}
                <span className="sr-only">: {title}</span>
              </Link>
            </li>
          );
        })}
      </ul>
    </OverviewCard>
  );
}

type Shown = {
  readonly icon: LucideIcon;
  readonly tone: string;
  readonly title: string;
  readonly text: ReactNode;
  readonly action: string;
  readonly href: string;
};

function shownAs(item: Attention, listHref: string): Shown {
  switch (item.kind) {
    case "leaked":
      return {
        ...{ icon: Ban, tone: "text-status-revoked-ink", title: `A leaked key was ${item.done}` },
        text: (
          <>
            <bdi>{item.name}</bdi>, <RelativeTime moment={item.at} />. {countOf(item.acceptedBefore, "call")}{" "}
            accepted in the 24 hours before, {grouped(item.refusedSince)} refused since.
          </>
        ),
        ...{ action: "Show", href: `${listHref}?status=all&key=${item.keyId}` },
      };
    case "old_secret":
      return {
        ...{ icon: RefreshCw, tone: "text-status-rolling-ink", title: "A previous secret is still in use" },
        text: (
          <>
            <bdi>{item.name}</bdi>: about {countOf(item.callsLastHour, "call")} an hour from{" "}
            {countOf(item.clients, "client")}. It ends <RelativeTime moment={item.endsAt} />.
          </>
        ),
        ...{ action: "Watch", href: `${listHref}?status=all&key=${item.keyId}` },
      };
    case "expiring":
      return {
        ...{ icon: Clock, tone: "text-status-expiring-ink" },
        title: `${keys(item.keys)} ${item.keys.count === 1 ? "expires" : "expire"} within 7 days`,
        text: <Used names={item.used} />,
        ...{ action: "Show", href: `${listHref}?expires=%3C7d&sort=expires&direction=asc` },
      };
    case "over_privileged":
      return {
        ...{ icon: Tags, tone: "text-status-expired-ink" },
        title: `${keys(item.keys)} ${item.keys.count === 1 ? "holds more than it uses" : "hold more than they use"}`,
        text: "Take away the permissions that no call has needed in 90 days.",
        ...{ action: "Show", href: `${listHref}?is=over-privileged` },
      };
  }
}

function Used({ names }: { names: readonly string[] }) {
  const [first, second] = names;
  if (first === undefined) return "None of them was used in the last 24 hours.";
  if (second === undefined) {
    return (
      <>
        <bdi>{first}</bdi> is in use.
      </>
    );
  }
  return (
    <>
      <bdi>{first}</bdi> and <bdi>{second}</bdi> are in use.
    </>
  );
}

function keys({ count: known, isAll }: KeyCount): string {
  return isAll ? countOf(known, "key") : `${grouped(known)}+ keys`;
}
