"use client";

import Link from "next/link";
import { useParams, usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { ReceiptLink } from "@/components/keys/receipt/receipt-link";
import { grouped } from "@/components/ui/grouped";
import { zonedText } from "@/components/ui/time/zoned-text";
import { formatKeyId } from "@/lib/core/keys/key-id";
import { readMoment } from "@/lib/core/read-moment";
import type { AuditFilterTexts } from "@/lib/schemas/audit/audit-log-address";
import { auditAddress } from "./audit-address";
import type { ShownEntry } from "./shown-entries";

export type EntryProps = {
  entry: ShownEntry;
  names: Readonly<Record<string, string>>;
  filters: AuditFilterTexts;
  zone: string;
};

const objectWords: Partial<Record<ShownEntry["targetType"], string>> = {
  ...{
    key: "key",
    key_view: "view",
    member: "person",
    organization: "organization",
    invitation: "invitation",
  },
  ...{ role: "role", application: "application", workspace: "workspace", usergroup: "user group" },
  ...{ webhook: "endpoint" },
};

const linkStyle = "rounded text-accent-ink underline underline-offset-2";

/** What an entry changed, and all its other fields. */
export function EntryDetails({ entry, names, filters, zone }: EntryProps) {
  const { organization } = useParams<{ organization: string }>();
  const pathname = usePathname();
  const { changes, actorKeyId, actorUserId, targetType, targetId, onBehalfOfId } = entry;
  const target = targetType === "key" ? formatKeyId(targetId) : targetId;
  const actor = actorKeyId === null ? actorUserId : formatKeyId(actorKeyId);
  // Details store times as the API writes them.
  const shown = (text: string) => {
    const moment = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(text) ? readMoment(text) : null;
    return moment === null ? text : zonedText(moment, zone, toTheSecond);
  };
  const narrowed = (more: typeof filters) => auditAddress(pathname, { ...filters, ...more });
  return (
    <div className="grid text-[0.8125rem] leading-5 [overflow-wrap:anywhere] md:grid-cols-2 md:divide-x">
      <section className="grid content-start gap-2 p-4">
        <h2 className="text-ink-muted">What changed</h2>
        <dl className="grid gap-1.5">
          {changes.map(({ label, gone, added, kept }) => (
            <Line key={label} label={label}>
              <span className="flex flex-wrap gap-x-2 gap-y-1">
                {gone.map((text) => (
                  <del key={text} dir="auto" className="rounded bg-danger-soft px-1 text-danger-ink">
                    {shown(text)}
                  </del>
                ))}
                {added.map((text) => (
                  <ins
                    key={text}
                    dir="auto"
                    className="rounded bg-status-active-soft px-1 text-status-active-ink no-underline"
                  >
                    {shown(text)}
                  </ins>
                ))}
                {kept.map((text) => (
                  <span key={text} dir="auto">
                    {shown(text)}
                  </span>
                ))}
              </span>
            </Line>
          ))}
        </dl>
        {changes.length === 0 && <p>This entry has no further details.</p>}
      </section>
      <section className="grid content-start gap-2 p-4 max-md:border-t">
        <h2 className="text-ink-muted">Entry {grouped(entry.sequence)}</h2>
        <dl className="grid gap-1.5">
          <Line label="Time">{zonedText(entry.at, zone, toTheSecond)}</Line>
          <Line label="Who">
            <bdi>{entry.actorName}</bdi>
            {onBehalfOfId !== null && <> for {names[onBehalfOfId] ?? "another person"}</>}
            {actor !== null && filters.actor !== actor && (
              <>
                {" · "}
                <Link className={linkStyle} href={narrowed({ actor })}>
                  All entries by this {actorKeyId === null ? "person" : "key"}
                </Link>
              </>
            )}
          </Line>
          <Line label="Object">
            <bdi>{entry.targetName}</bdi> <span className="font-mono text-xs">{target}</span>
            {targetType === "key" && (
              <>
                {" · "}
                <Link
                  className={linkStyle}
                  href={`/${organization}/settings/api-keys?status=all&key=${targetId}`}
                >
                  Open the key
                </Link>
              </>
            )}
            {entry.hasReceipt && (
              <>
                {" · "}
                <ReceiptLink keyId={targetId} />
              </>
            )}
            {filters.target !== target && (
              <>
                {" · "}
                <Link className={linkStyle} href={narrowed({ target })}>
                  All entries about this {objectWords[targetType] ?? "object"}
                </Link>
              </>
            )}
          </Line>
          {entry.address !== null && <Line label="Address">{entry.address}</Line>}
          {entry.userAgent !== null && <Line label="Browser">{entry.userAgent}</Line>}
          {entry.requestId !== null && (
            <Line label="Request">
              <span className="font-mono text-xs">{entry.requestId}</span>
            </Line>
          )}
          <Line label="Hash">
            <span className="font-mono text-xs">{entry.hash}</span>
          </Line>
        </dl>
      </section>
    </div>
  );
}

const toTheSecond: Intl.DateTimeFormatOptions = {
  ...{ day: "numeric", month: "short", year: "numeric" },
  ...{ hour: "2-digit", minute: "2-digit", second: "2-digit", timeZoneName: "short" },
};

function Line({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[7.5rem_minmax(0,1fr)] gap-2">
      <dt className="text-ink-muted">{label}</dt>
      <dd className="min-w-0 text-ink">{children}</dd>
    </div>
  );
}
