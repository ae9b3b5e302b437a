"use client";

import { ChevronDown, ChevronRight } from "lucide-react";
import { useId, useState } from "react";
import { bodyCellStyle, rowStyle } from "@/components/data-table/column";
import { rowOpener } from "@/components/data-table/use-row-keys";
import { ActorMark } from "@/components/keys/activity/actor-mark";
import { classNames } from "@/components/ui/class-names";
import { grouped } from "@/components/ui/grouped";
import { timeText } from "@/components/ui/time/zoned-text";
import { browserText } from "@/lib/core/audit/browser-text";
import { auditColumnLayouts } from "./audit-column-layouts";
import { EntryDetails, type EntryProps } from "./entry-details";

const [time, who, what, from, number] = auditColumnLayouts;

/** An entry in one sentence. Its details open below it. */
export function AuditRow(props: EntryProps) {
  const { entry, zone } = props;
  const { text } = entry;
  const [open, setOpen] = useState(false);
  const details = useId();
  const Mark = open ? ChevronDown : ChevronRight;
  const origin = [entry.address, entry.userAgent && browserText(entry.userAgent)].filter(Boolean).join(" · ");
  return (
    <>
      <tr className={rowStyle}>
        <td className={bodyCellStyle(time, false)}>
          <button
            type="button"
            aria-expanded={open}
            aria-controls={open ? details : undefined}
            aria-label={`Details of entry ${grouped(entry.sequence)}`}
            className="flex items-center gap-1.5 rounded tabular-nums max-md:min-h-6"
            onClick={() => setOpen(!open)}
            {...rowOpener}
          >
            <Mark aria-hidden className="size-3.5 text-ink-faint" />
            <time dateTime={entry.at.toISOString()}>{timeText(entry.at, zone)}</time>
          </button>
        </td>
        <td className={bodyCellStyle(who, false)}>
          <span className="flex min-w-0 items-center gap-2">
            <ActorMark {...entry} />
            <span dir="auto" title={entry.actorName} className="min-w-0 truncate">
              {entry.actorKind === "system" ? "Latchkey" : entry.actorName}
            </span>
          </span>
        </td>
        <td
          className={classNames(
            bodyCellStyle(what, false),
            "truncate max-md:col-span-4 max-md:pl-7! max-md:text-ink! max-md:whitespace-normal! max-md:[overflow-wrap:anywhere]",
          )}
        >
          {text.before}
          {text.namesTarget && (
            <>
              {" "}
              <bdi title={entry.targetName} className="font-medium text-ink">
                {entry.targetName}
              </bdi>
            </>
          )}
          {text.after}
        </td>
        <td
          title={entry.userAgent ?? undefined}
          className={classNames(bodyCellStyle(from, false), "truncate text-ink-muted")}
        >
          {origin}
        </td>
        <td className={classNames(bodyCellStyle(number, false), "text-ink-faint tabular-nums")}>
          {grouped(entry.sequence)}
        </td>
      </tr>
      {open && (
        <tr id={details} className="max-md:block max-md:border-b">
          <td colSpan={auditColumnLayouts.length} className="h-auto! whitespace-normal! bg-canvas p-0!">
            <EntryDetails {...props} />
          </td>
        </tr>
      )}
    </>
  );
}
