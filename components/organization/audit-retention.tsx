"use client";

import { DialogButton } from "@/components/list/dialog-host";
import { Alert } from "@/components/ui/alert";
import { grouped } from "@/components/ui/grouped";
import { useExactTime } from "@/components/ui/time/exact-time";
import type { PendingCut } from "@/lib/services/audit/retention/read-pending-cut";
import { AuditRetentionDialog } from "./audit-retention-dialog";

type AuditRetentionProps = {
  /** Null if entries are kept for good. */
  days: number | null;
  /** What a shorter retention removes once it takes effect; null if nothing waits for that. */
  pending: PendingCut | null;
  editable: boolean;
};

/**
 * How long the audit log is kept. Not part of the form, because a shorter time removes entries and a dialog shows
 * which.
 */
export function AuditRetention({ days, pending, editable }: AuditRetentionProps) {
  return (
    <section
      aria-labelledby="audit-retention"
      className="grid gap-4 rounded-lg border bg-surface p-5 max-sm:p-4"
    >
      <div className="flex items-start justify-between gap-4">
        <div className="grid gap-1">
          <h2 id="audit-retention" className="font-medium text-ink text-sm">
            Audit log retention
          </h2>
          <p className="text-ink text-sm">
            {days === null ? "All entries are kept." : `Entries are kept for ${grouped(days)} days.`}
          </p>
          <p className="text-[0.8125rem] text-ink-muted">
            {days === null
              ? "Set a limit if you must not keep personal data forever."
              : "Older ones are removed once a day. An entry of the log says so, so the rest can still be checked."}
          </p>
        </div>
        {editable && (
          <DialogButton
            className="shrink-0"
            dialog={(props) => <AuditRetentionDialog days={days} {...props} />}
          >
            Change
          </DialogButton>
        )}
      </div>
      {pending !== null && <Pending {...pending} />}
    </section>
  );
}

/** Other owners may not know of the change, and can take it back until it takes effect. */
function Pending({ from, keptSince, entries, isMore }: PendingCut) {
  const [start, end] = [useExactTime(from), useExactTime(keptSince)];
  return (
    <Alert tone="warning" heading={`This takes effect on ${start}`}>
      {entries === 0
        ? "No entry is old enough to be removed then."
        : `${isMore ? "More than " : ""}${entries === 1 ? "1 entry" : `${grouped(entries)} entries`} from before ${end} will then be removed for good.`}{" "}
      Until then an owner can take it back.
    </Alert>
  );
}
