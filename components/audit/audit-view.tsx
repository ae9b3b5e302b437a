"use client";

import { ScrollText, SearchX, ShieldCheck } from "lucide-react";
import Link from "next/link";
import { useParams, usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { Empty } from "@/components/data-table/empty";
import { PageHeading } from "@/components/shell/page-heading";
import { Button } from "@/components/ui/button";
import { grouped } from "@/components/ui/grouped";
import type { AuditFilterFaults, AuditFilterTexts } from "@/lib/schemas/audit/audit-log-address";
import { auditAddress } from "./audit-address";
import { auditLogAbout } from "./audit-column-layouts";
import { AuditFilters } from "./audit-filters";
import { AuditSearch } from "./audit-search";
import { AuditTable } from "./audit-table";
import { ExportButton } from "./export-button";
import type { ShownAuditPage } from "./shown-entries";

type AuditViewProps = {
  page: ShownAuditPage;
  filters: AuditFilterTexts;
  /** The errors of invalid filters in the URL. With an error there are no entries. */
  faults: AuditFilterFaults;
  /** Is this the first page, with the newest entries? */
  isFirst: boolean;
  /** Explains what a checkpoint is for. */
  checkpointAbout: ReactNode;
};

const mostFaults = 5;

function emptyHeading({ search, ...others }: AuditFilterTexts): string {
  if (Object.keys(others).length > 0) return "No entries match these filters";
  return search === undefined ? "No older entries" : `Nothing found for “${search}”`;
}

export function AuditView({ page, filters, faults, isFirst, checkpointAbout }: AuditViewProps) {
  const pathname = usePathname();
  const { organization } = useParams<{ organization: string }>();
  const fault = Object.values(faults)[0];
  const isFiltered = Object.keys(filters).length > 0;
  const { entries, after } = page;
  return (
    <div className="grid grid-cols-1 gap-4">
      <PageHeading title="Audit log" action={<ExportButton filters={filters} />}>
        {auditLogAbout}
      </PageHeading>
      <div className="flex flex-wrap items-start gap-x-2 gap-y-3">
        <AuditSearch fault={faults.search} />
        <AuditFilters filters={filters} names={page.names} />
        <p className="flex items-center gap-1.5 text-[0.8125rem] text-ink-muted sm:ml-auto sm:h-8">
          {entries.length > 0 && page.faults.length === 0 && (
            <>
              <ShieldCheck aria-hidden className="size-4 text-status-active-ink" />
              Chain intact for the entries shown
            </>
          )}
          <a
            href={`/${organization}/settings/audit-log/checkpoint`}
            download
            aria-describedby="about-checkpoint"
            className="ml-1.5 rounded text-accent-ink hover:underline"
          >
            Checkpoint
          </a>
        </p>
      </div>
      <div className="-mt-2 text-ink-muted text-xs max-sm:order-last max-sm:mt-0">{checkpointAbout}</div>
      {page.faults.length > 0 && (
        <div
          role="alert"
          className="grid gap-1 rounded-lg border border-status-expiring-line bg-status-expiring-soft px-4 py-3 text-sm text-status-expiring-ink"
        >
          <p className="font-medium">Some entries do not fit the chain.</p>
          <ul className="list-disc pl-5">
            {page.faults.slice(0, mostFaults).map((text) => (
              <li key={text}>{text.charAt(0).toUpperCase() + text.slice(1)}.</li>
            ))}
          </ul>
          <p>
            Run <code className="font-mono text-[0.8125rem]">npm run audit:verify</code> on the server to
            check every entry.
          </p>
        </div>
      )}
      <AuditTable page={page} filters={filters}>
        {entries.length === 0 && (
          <Empty
            icon={isFiltered ? SearchX : ScrollText}
            heading={fault ?? emptyHeading(filters)}
            text={
              fault === undefined
                ? filters.search === undefined
                  ? "Remove a filter to see more of the log."
                  : "The search looks at who did it and at what it was done to, by name, email or ID."
                : "The address of this page has a filter that cannot be read."
            }
          >
            <Button asChild>
              <Link href={pathname}>Show the whole log</Link>
            </Button>
          </Empty>
        )}
      </AuditTable>
      {after === null && page.cut !== null && (
        <p className="text-[0.8125rem] text-ink-muted">
          {page.cut.through === 1 ? "Entry 1 is" : `Entries 1 to ${grouped(page.cut.through)} are`} no longer
          kept. The entry that says so is part of the chain, so the rest can still be checked.
        </p>
      )}
      {(after !== null || !isFirst) && (
        <nav aria-label="Pages" className="flex items-center gap-2 text-[0.8125rem] text-ink-muted">
          {entries.length > 0 && (
            <p className="tabular-nums">
              Entries {grouped(entries[0]?.sequence ?? 0)} to {grouped(entries.at(-1)?.sequence ?? 0)}
            </p>
          )}
          <div className="ml-auto flex gap-2">
            {!isFirst && (
              <Button asChild className="max-sm:h-11">
                <Link href={auditAddress(pathname, filters)}>Newest</Link>
              </Button>
            )}
            {after !== null && (
              <Button asChild className="max-sm:h-11">
                <Link href={auditAddress(pathname, filters, after)}>Older</Link>
              </Button>
            )}
          </div>
        </nav>
      )}
    </div>
  );
}
