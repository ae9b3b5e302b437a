import type { Metadata } from "next";
import { readShown } from "@/app/(dashboard)/read-shown";
import type { UrlParameters } from "@/app/(dashboard)/shown-list";
import { AuditView } from "@/components/audit/audit-view";
import { shownEntries } from "@/components/audit/shown-entries";
import { ListPage } from "@/components/list/list-page";
import { requireContext } from "@/lib/auth/require-context";
import { readAuditLogAddress } from "@/lib/schemas/audit/audit-log-address";
import { readAuditLog } from "@/lib/services/audit/read-audit-log";

export const metadata: Metadata = { title: "Audit log" };

const checkpointDocs = "/docs/api/audit-log/readAuditCheckpoint";

type AuditLogPageProps = {
  params: Promise<{ organization: string }>;
  searchParams: Promise<UrlParameters>;
};

export default async function AuditLogPage({ params, searchParams }: AuditLogPageProps) {
  const context = await requireContext((await params).organization);
  const { texts, query, faults } = readAuditLogAddress(await searchParams);
  const isReadable = Object.keys(faults).length === 0;
  const read = await readShown(context, () => readAuditLog(context, query));
  // With an invalid filter show no entries, since an unfiltered log would look like its result.
  const page = isReadable ? read : { entries: [], after: null, names: {}, faults: [], cut: null };
  return (
    <ListPage serverNow={context.origin.at}>
      <AuditView
        page={shownEntries(page)}
        filters={texts}
        faults={faults}
        isFirst={query.after === null}
        checkpointAbout={
          <p id="about-checkpoint">
            A checkpoint is the signed end of this log. Keep the file where nobody who runs this server can
            change it: with it, <code className="font-mono">npm run audit:verify</code> tells later whether
            anything up to it was changed or removed.{" "}
            <a href={checkpointDocs} className="whitespace-nowrap rounded text-accent-ink underline">
              How to check
            </a>
          </p>
        }
      />
    </ListPage>
  );
}
