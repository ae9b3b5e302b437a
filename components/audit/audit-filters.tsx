"use client";

import { ListFilter, X } from "lucide-react";
import { usePathname, useRouter } from "next/navigation";
import { useRef } from "react";
import { DialogButton } from "@/components/list/dialog-host";
import { Button } from "@/components/ui/button";
import { lazyDialog } from "@/components/ui/lazy/lazy-dialog";
import { useTimeZone } from "@/components/ui/time/exact-time";
import { zonedText } from "@/components/ui/time/zoned-text";
import { readMoment } from "@/lib/core/read-moment";
import type { AuditFilterName, AuditFilterTexts } from "@/lib/schemas/audit/audit-log-address";
import { actionWords } from "./action-words";
import { auditAddress } from "./audit-address";

const AuditFilterDialog = lazyDialog(async () => (await import("./audit-filter-dialog")).AuditFilterDialog);

const chipWords: Readonly<Record<Exclude<AuditFilterName, "search">, readonly [of: string, is: string]>> = {
  actor: ["Who", "is"],
  action: ["Action", "is"],
  target: ["Object", "is"],
  address: ["Address", "is"],
  from: ["Time", "since"],
  to: ["Time", "before"],
};

type AuditFiltersProps = { filters: AuditFilterTexts; names: Readonly<Record<string, string>> };

/** The button "Filter", and the filters that are applied. Each can be removed. */
export function AuditFilters({ filters, names }: AuditFiltersProps) {
  const row = useRef<HTMLDivElement>(null);
  const pathname = usePathname();
  const router = useRouter();
  const zone = useTimeZone();
  // The search has its own box and gets no chip.
  const { search: _search, ...narrowed } = filters;
  const applied = Object.entries(narrowed) as [keyof typeof chipWords, string][];
  const remove = (name: AuditFilterName) => {
    const { [name]: _, ...others } = filters;
    // The chip disappears, so the focus moves to the Filter button.
    row.current?.querySelector<HTMLElement>("[data-filter-button]")?.focus();
    router.push(auditAddress(pathname, others));
  };
  const valueText = (name: AuditFilterName, value: string) => {
    if (name === "action") return actionWords(value);
    const moment = name === "from" || name === "to" ? readMoment(value) : null;
    return moment === null ? (names[value] ?? value) : momentText(moment, zone);
  };
  return (
    <div ref={row} className="flex min-w-0 flex-wrap items-center gap-1.5">
      <DialogButton
        data-filter-button=""
        expect={AuditFilterDialog.expect}
        dialog={(props) => <AuditFilterDialog {...props} filters={filters} />}
      >
        <ListFilter aria-hidden />
        Filter
        {applied.length > 0 && (
          <span
            aria-hidden
            className="rounded-full bg-accent-soft px-1.5 text-accent-ink text-xs leading-4.5 tabular-nums"
          >
            {applied.length}
          </span>
        )}
      </DialogButton>
      {applied.map(([name, value]) => {
        const [of, is] = chipWords[name];
        const text = valueText(name, value);
        return (
          <Button
            key={name}
            size="small"
            className="min-w-0 max-w-full shrink! font-normal! max-sm:h-9"
            aria-label={`Remove filter: ${of} ${is} ${text}`}
            onClick={() => remove(name)}
          >
            <span className="min-w-0 truncate" title={text}>
              <span className="font-medium">{of}</span> <span className="text-ink-muted">{is}</span>{" "}
              <bdi className="whitespace-pre">{text}</bdi>
            </span>
            <X aria-hidden className="text-ink-faint" />
          </Button>
        );
      })}
    </div>
  );
}

/** Leaves out the time of day at midnight. */
function momentText(moment: Date, zone: string): string {
  const day = { day: "numeric", month: "short", year: "numeric" } as const;
  const clock = zonedText(moment, zone, { hour: "2-digit", minute: "2-digit", second: "2-digit" });
  const isMidnight = /^(?:00|12|24):00:00(?: AM)?$/.test(clock) && !clock.endsWith("PM");
  return zonedText(moment, zone, isMidnight ? day : { ...day, hour: "2-digit", minute: "2-digit" });
}
