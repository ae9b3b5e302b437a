"use client";

import { type ReactNode, useRef } from "react";
import { bodyCellStyle, frameStyle, tableStyle } from "@/components/data-table/column";
import { TableHead } from "@/components/data-table/table-head";
import { useRowKeys } from "@/components/data-table/use-row-keys";
import { classNames } from "@/components/ui/class-names";
import { useTimeZone } from "@/components/ui/time/exact-time";
import { useNow } from "@/components/ui/time/now-provider";
import { dayText } from "@/components/ui/time/zoned-text";
import type { AuditFilterTexts } from "@/lib/schemas/audit/audit-log-address";
import { auditColumnLayouts } from "./audit-column-layouts";
import { AuditRow } from "./audit-row";
import type { ShownAuditPage, ShownEntry } from "./shown-entries";

type AuditTableProps = {
  page: ShownAuditPage;
  filters: AuditFilterTexts;
  /** Shown below the header when there are no entries. */
  children: ReactNode;
};

/** The entries by day, newest first. */
export function AuditTable({ page, filters, children }: AuditTableProps) {
  const table = useRef<HTMLTableElement>(null);
  useRowKeys(table);
  const zone = useTimeZone();
  const today = dayText(useNow(), zone);
  return (
    <div className={frameStyle}>
      <table ref={table} aria-label="Audit log" className={tableStyle}>
        <TableHead columns={auditColumnLayouts} />
        <tbody>
          {byDay(page.entries, zone).map(({ day, entries }) => [
            <tr key={day} className="max-md:block max-md:border-b">
              <th
                scope="rowgroup"
                colSpan={auditColumnLayouts.length}
                className={classNames(
                  bodyCellStyle({ id: "day", title: "", width: "", phone: "title" }, false),
                  "max-md:flex! h-8! items-center max-md:px-4!",
                )}
              >
                {day === today ? "Today" : day}
              </th>
            </tr>,
            ...entries.map((entry) => (
              <AuditRow key={entry.sequence} entry={entry} names={page.names} filters={filters} zone={zone} />
            )),
          ])}
        </tbody>
      </table>
      {children}
    </div>
  );
}

function byDay(entries: readonly ShownEntry[], zone: string) {
  const days: { day: string; entries: ShownEntry[] }[] = [];
  for (const entry of entries) {
    const day = dayText(entry.at, zone);
    const last = days.at(-1);
    // Concurrent requests around midnight can be out of order by time. Keep the chain's order, even if a day appears
    // twice.
    if (last?.day === day) last.entries.push(entry);
    else days.push({ day, entries: [entry] });
  }
  return days;
}
