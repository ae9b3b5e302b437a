import type { Metadata } from "next";
import { readShown } from "@/app/(dashboard)/read-shown";
import type { UrlParameters } from "@/app/(dashboard)/shown-list";
import { ListPage } from "@/components/list/list-page";
import { MemberOverview } from "@/components/overview/member-overview";
import { OverviewView } from "@/components/overview/overview-view";
import { requireContext } from "@/lib/auth/require-context";
import { maySeeAllKeys, maySeeOwnKeys } from "@/lib/core/access/manage-keys";
import { readOverviewPeriod } from "@/lib/core/overview-period";
import { keyListInput } from "@/lib/schemas/key-list";
import type { MemberContext } from "@/lib/services/access/context";
import { listOwnKeys } from "@/lib/services/keys/read/list-keys";
import { readOverview } from "@/lib/services/overview/read-overview";

export const metadata: Metadata = { title: "Overview" };

type OverviewPageProps = {
  params: Promise<{ organization: string }>;
  searchParams: Promise<UrlParameters>;
};

/** Members see what they can do, but not how the organization's keys are used. */
export default async function OverviewPage({ params, searchParams }: OverviewPageProps) {
  const context = await requireContext((await params).organization);
  const { organization, level, actor, origin } = context;
  const membership = { ...organization, level };
  if (!maySeeAllKeys(membership)) {
    const ownKeys = maySeeOwnKeys(membership) ? await readOwnKeys(context) : null;
    return (
      <ListPage serverNow={origin.at}>
        <MemberOverview organization={organization} person={actor} ownKeys={ownKeys} />
      </ListPage>
    );
  }
  const period = readOverviewPeriod((await searchParams).period);
  const overview = await readShown(context, () => readOverview(context, { period }));
  return (
    <ListPage serverNow={origin.at}>
      <OverviewView
        overview={overview}
        organization={organization}
        person={actor}
        mayGenerate={maySeeOwnKeys(membership)}
        mayInviteOwner={level === "OWNER"}
      />
    </ListPage>
  );
}

/** Recently used keys come first, so the first page shows whether any was used. */
async function readOwnKeys(context: MemberContext) {
  const list = keyListInput.parse({ status: "all", sort: "lastUsed", direction: "desc" });
  const own = await listOwnKeys(context, list);
  if (!own.ok) return null;
  const { rows, counts } = own.value;
  return { total: counts.all.count, wereUsed: rows.some(({ lastUsedAt }) => lastUsedAt !== null) };
}
