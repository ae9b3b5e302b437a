import { ListPage } from "@/components/list/list-page";
import { AuditRetention } from "@/components/organization/audit-retention";
import { GeneralForm } from "@/components/organization/general-form";
import { PageHeading } from "@/components/shell/page-heading";
import { requireContext } from "@/lib/auth/require-context";
import { levelHolds } from "@/lib/core/access/permission";
import { readPendingCut } from "@/lib/services/audit/retention/read-pending-cut";
import { readSettings } from "@/lib/services/organizations/read-settings";

export const metadata = { title: "General" };

type GeneralPageProps = { params: Promise<{ organization: string }> };

export default async function GeneralPage({ params }: GeneralPageProps) {
  const context = await requireContext((await params).organization);
  const { organization, level } = context;
  const [settings, pending] = await Promise.all([readSettings(context), readPendingCut(context)]);
  const { slug, name, keyCreators } = organization;
  const editable = levelHolds(level, "organizations:update", keyCreators);
  return (
    <div className="grid max-w-2xl grid-cols-1 gap-6">
      <PageHeading title="General">The name, address and settings of this organization.</PageHeading>
      <ListPage serverNow={context.origin.at}>
        <GeneralForm
          slug={slug}
          name={name}
          keyCreators={keyCreators}
          settings={settings}
          editable={editable}
        />
        {pending.ok && (
          <AuditRetention days={settings.auditRetentionDays} pending={pending.value} editable={editable} />
        )}
      </ListPage>
    </div>
  );
}
