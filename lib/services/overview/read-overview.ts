import { maySeeAllKeys } from "@/lib/core/access/manage-keys";
import type { CallOutcome } from "@/lib/core/keys/usage-outcome";
import { callOutcomes } from "@/lib/core/keys/usage-outcome";
import type { UsagePeriodLength } from "@/lib/core/keys/usage-period";
import { periodStart } from "@/lib/core/keys/usage-period";
import type { OverviewPeriod } from "@/lib/core/overview-period";
import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { database } from "@/lib/db/client";
import type { MemberContext, Organization } from "@/lib/services/access/context";
import { statusSql } from "../keys/read/status-where";
import type { CallPeriod } from "../organizations/organization-usage";
import { readCallsByOutcome } from "../organizations/organization-usage";
import { readBusiestKeys } from "./busiest-keys";
import { readAttention } from "./needs-attention";
import type { CallSeries, FirstSteps, Overview, Refusal } from "./overview-view";
import { readPinnedEvent } from "./pinned-event";

const hourMs = 60 * 60 * 1000;
const dayMs = 24 * hourMs;
const countedAtMost = 10_000;
const refusedOutcomes = callOutcomes.filter((outcome) => outcome !== "VALID");

const spans: Readonly<Record<OverviewPeriod, { readonly ms: number; readonly per: UsagePeriodLength }>> = {
  "24h": { ms: 23 * hourMs, per: "hour" },
  "7d": { ms: 7 * dayMs - hourMs, per: "hour" },
  "90d": { ms: 89 * dayMs, per: "day" },
};

/** The content of the Overview page, for people who may see all keys of the organization. */
export async function readOverview(
  context: MemberContext,
  { period }: { readonly period: OverviewPeriod },
): Promise<Result<Overview>> {
  const { organization, level, origin } = context;
  if (!maySeeAllKeys({ level, keyCreators: organization.keyCreators })) {
    return failure("forbidden", "Only admins and owners see the overview.");
  }
  const { id, keyCreators, maximumLifetimeDays } = organization;
  const now = origin.at;
  const { ms, per } = spans[period];
  const from = periodStart(new Date(now.getTime() - ms), per);
  const [periods, busiest, attention, state] = await Promise.all([
    readCallsByOutcome(id, { from, to: new Date(now.getTime() + 1), per }),
    readBusiestKeys(id, { from, now }),
    readAttention(organization, now),
    readState(organization, now),
  ]);
  const facts = { members: state.members, keyCreators, maximumLifetimeDays };
  const refusals = sumOf(periods);
  const calls = seriesOf(periods, from, per === "day" ? 24 : 1);
  const { keys, firstSteps } = state;
  const pinned = await readPinnedEvent(context, calls);
  return success({ period, pinned, keys, calls, refusals, busiest, attention, firstSteps, facts });
}

function seriesOf(periods: readonly CallPeriod[], start: Date, hoursEach: number): CallSeries {
  const refusals = periods.map((one) => sumOf([one]));
  return {
    start,
    hoursEach,
    accepted: periods.map(({ calls }) => calls.VALID ?? 0),
    refused: refusals.map((each) => each.reduce((sum, { calls }) => sum + calls, 0)),
    mostly: refusals.map(([most]) => most?.outcome ?? null),
  };
}

/** Refused calls by reason, the most frequent first; reasons without calls are left out. */
function sumOf(periods: readonly CallPeriod[]): Refusal[] {
  const callsOf = (outcome: CallOutcome) =>
    periods.reduce((sum, { calls }) => sum + (calls[outcome] ?? 0), 0);
  return refusedOutcomes
    .map((outcome) => ({ outcome, calls: callsOf(outcome) }))
    .filter(({ calls }) => calls > 0)
    .sort((a, b) => b.calls - a.calls);
}

type State = Pick<Overview, "keys"> & { readonly members: number; readonly firstSteps: FirstSteps | null };

async function readState(organization: Organization, now: Date): Promise<State> {
  const { id } = organization;
  const [row] = await database().$queryRaw<
    { all: number; live: number; members: number; owners: number; hasKey: boolean; wasCalled: boolean }[]
  >`
    SELECT
      (SELECT count(*)::int FROM (SELECT 1 FROM api_keys k
        WHERE k.organization_id = ${id}::uuid AND k.deleted_at IS NULL
        ORDER BY k.created_at LIMIT ${countedAtMost + 1}) k) AS all,
      (SELECT count(*)::int FROM (SELECT 1 FROM api_keys k
        WHERE k.organization_id = ${id}::uuid AND k.deleted_at IS NULL AND ${statusSql("active", { ...organization, now })}
        ORDER BY k.created_at LIMIT ${countedAtMost + 1}) k) AS live,
      (SELECT count(*)::int FROM members WHERE organization_id = ${id}::uuid) AS members,
      (SELECT count(*)::int FROM members WHERE organization_id = ${id}::uuid AND access_level = 'OWNER') AS owners,
      EXISTS (SELECT 1 FROM api_keys k WHERE k.organization_id = ${id}::uuid AND k.type = 'secret'
        AND k.deleted_at IS NULL) AS "hasKey",
      EXISTS (SELECT 1 FROM organization_usage_hours WHERE organization_id = ${id}::uuid AND outcome = 'VALID')
        OR EXISTS (SELECT 1 FROM organization_usage_days WHERE organization_id = ${id}::uuid AND outcome = 'VALID')
        AS "wasCalled"`;
  if (row === undefined) throw new Error("The statement returned no row");
  const upTo = (count: number) => ({ count: Math.min(count, countedAtMost), isAll: count <= countedAtMost });
  const firstSteps = row.wasCalled ? null : { hasKey: row.hasKey, hasSecondOwner: row.owners > 1 };
  return { keys: { all: upTo(row.all), live: upTo(row.live) }, members: row.members, firstSteps };
}
