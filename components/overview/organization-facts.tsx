import Link from "next/link";
import { grouped } from "@/components/ui/grouped";
import type { AccessLevel } from "@/lib/core/access/access-level";
import type { Overview } from "@/lib/services/overview/overview-view";
import { cardLink, OverviewCard } from "./overview-card";

const whoGenerates: Record<AccessLevel, string> = {
  OWNER: "Owners",
  ADMIN: "Owners and admins",
  MEMBER: "Everyone",
};

type OrganizationFactsProps = {
  name: string;
  overview: Pick<Overview, "facts" | "keys">;
  settingsHref: string;
};

/** The settings that affect keys, shown beside the first steps. */
export function OrganizationFacts({ name, overview, settingsHref }: OrganizationFactsProps) {
  const { members, keyCreators, maximumLifetimeDays } = overview.facts;
  const facts = [
    ["Members", grouped(members)],
    ["Live keys", `${grouped(overview.keys.live.count)}${overview.keys.live.isAll ? "" : "+"}`],
    ["Generate keys", whoGenerates[keyCreators]],
    ["Maximum lifetime", maximumLifetimeDays === null ? "Not set" : `${grouped(maximumLifetimeDays)} days`],
  ] as const;
  return (
    <OverviewCard
      title={<bdi>{name}</bdi>}
      aside={
        <Link href={settingsHref} className={cardLink}>
          Settings
        </Link>
      }
    >
      <dl className="grid grid-cols-[1fr_auto] gap-2 px-4 pb-4 text-[0.8125rem]">
        {facts.map(([term, fact]) => (
          <div key={term} className="contents">
            <dt className="text-ink-muted">{term}</dt>
            <dd className="text-right text-ink tabular-nums">{fact}</dd>
          </div>
        ))}
      </dl>
    </OverviewCard>
  );
}
