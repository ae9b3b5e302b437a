import { keyCreatorsLine } from "@/components/keys/key-creators-line";
import { PageHeading } from "@/components/shell/page-heading";
import { grouped } from "@/components/ui/grouped";
import type { KeyCount } from "@/lib/services/keys/read/key-view";
import type { Overview } from "@/lib/services/overview/overview-view";
import { BusiestKeys } from "./busiest-keys";
import { FirstSteps } from "./first-steps";
import { NeedsAttention } from "./needs-attention";
import { OrganizationFacts } from "./organization-facts";
import { OutcomeCard } from "./outcome-card";
import { PeriodChoice } from "./period-choice";
import { RefusalReasons } from "./refusal-reasons";

type OverviewViewProps = {
  overview: Overview;
  organization: { readonly slug: string; readonly name: string };
  person: { readonly name: string };
  mayGenerate: boolean;
  mayInviteOwner: boolean;
};

/** How an organization's keys are used, and what needs attention. */
export function OverviewView({
  overview,
  organization,
  person,
  mayGenerate,
  mayInviteOwner,
}: OverviewViewProps) {
  const { keys, calls, period, busiest, refusals, attention, firstSteps } = overview;
  const settings = `/${organization.slug}/settings`;
  const keysHref = `${settings}/api-keys`;
  const hasCalls = [...calls.accepted, ...calls.refused].some((count) => count > 0);
  const isNew = firstSteps !== null;
  return (
    <div className="grid grid-cols-1 gap-5">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-3">
        <PageHeading title="Overview">
          {isNew
            ? `Welcome, ${person.name}. Four steps to the first verified call.`
            : `${counted(keys.all)} ${keys.all.count === 1 ? "key" : "keys"}, ${counted(keys.live)} of them live.`}
        </PageHeading>
        {/* Not the heading's `action`, which phones show at the bottom edge. */}
        {(!isNew || hasCalls) && <PeriodChoice />}
      </div>
      <div className="grid grid-cols-1 items-start gap-4 xl:grid-cols-[minmax(0,1fr)_23.5rem] xl:grid-rows-[auto_1fr]">
        {/* Comes first in a single column, because it is the most urgent. */}
        <div className="grid grid-cols-1 gap-4 xl:col-start-2">
          <NeedsAttention items={attention} listHref={keysHref} />
          {isNew && (
            <OrganizationFacts
              name={organization.name}
              overview={overview}
              settingsHref={`${settings}/general`}
            />
          )}
        </div>
        <div className="grid grid-cols-1 gap-4 xl:col-start-1 xl:row-span-2 xl:row-start-1">
          {isNew && (
            <FirstSteps
              steps={firstSteps}
              keysHref={keysHref}
              membersHref={`${settings}/members`}
              whyNoKey={mayGenerate ? null : keyCreatorsLine[overview.facts.keyCreators]}
              mayInviteOwner={mayInviteOwner}
            />
          )}
          <OutcomeCard calls={calls} period={period} pinned={overview.pinned} isNew={isNew} />
          {busiest.length > 0 && <BusiestKeys keys={busiest} listHref={keysHref} />}
        </div>
        {hasCalls && (
          <div className="xl:col-start-2">
            <RefusalReasons refusals={refusals} />
          </div>
        )}
      </div>
    </div>
  );
}

function counted({ count, isAll }: KeyCount): string {
  return `${grouped(count)}${isAll ? "" : "+"}`;
}
