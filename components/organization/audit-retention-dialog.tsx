"use client";

import { useId, useState } from "react";
import { FormDialog } from "@/components/forms/form-dialog";
import { useClosingAction } from "@/components/forms/use-action";
import { useAnswer } from "@/components/forms/use-answer";
import type { DialogProps } from "@/components/list/dialog-host";
import { Alert } from "@/components/ui/alert";
import { RadioGroup } from "@/components/ui/choice/radio-group";
import { Field } from "@/components/ui/field";
import { grouped } from "@/components/ui/grouped";
import { Input } from "@/components/ui/input";
import { useExactTime } from "@/components/ui/time/exact-time";
import { changeAuditRetention, previewAuditRetention } from "@/lib/actions/organization";
import {
  endsEarlier,
  leastRetentionDays,
  mostRetentionDays,
  retentionDelayDays,
} from "@/lib/core/audit/audit-retention";

type Kept = "all" | "days";
const suggestedDays = 400;
const preview = (organization: string, days: number) => previewAuditRetention(organization, { days });

/** Sets how long audit entries are kept, and shows how many a shorter time removes. */
export function AuditRetentionDialog({ days, ...dialog }: DialogProps & { days: number | null }) {
  const label = useId();
  // What the dialog showed when it opened; a background refresh must not replace it.
  const [seen] = useState(days);
  const [kept, setKept] = useState<Kept>(days === null ? "all" : "days");
  const [typed, setTyped] = useState(String(days ?? suggestedDays));
  const action = useClosingAction(changeAuditRetention, dialog.onClose, () => "Audit log retention saved");
  const wanted = kept === "all" ? null : daysOf(typed);
  const isUnreadable = kept === "days" && wanted === null;
  const ends = endsEarlier(seen, wanted);
  return (
    <FormDialog
      {...dialog}
      title="Audit log retention"
      description="How long the entries of the audit log are kept."
      onSubmit={() => void action.run({ days: wanted, seen })}
      action={action}
      submit={{
        name: "Save",
        variant: ends ? "danger" : "primary",
        disabledBecause: isUnreadable ? rangeText : undefined,
      }}
    >
      <div className="grid gap-1.5">
        <span id={label} className="font-medium text-ink text-sm">
          Keep entries
        </span>
        <RadioGroup
          aria-labelledby={label}
          options={[
            { value: "all", label: "Forever", description: "Nothing is ever removed." },
            {
              value: "days",
              label: "For a number of days",
              description: "Older entries are removed once a day, from the beginning of the log.",
            },
          ]}
          value={kept}
          onValueChange={(value) => setKept(value as Kept)}
        />
      </div>
      {kept === "days" && (
        <Field label="Days" hint={rangeText} error={isUnreadable ? rangeText : undefined}>
          <Input
            inputMode="numeric"
            maxLength={5}
            autoComplete="off"
            className="max-w-32"
            value={typed}
            onChange={({ target }) => setTyped(target.value)}
          />
        </Field>
      )}
      {ends && wanted !== null && <Ending days={wanted} />}
    </FormDialog>
  );
}

/** How many entries a shorter time removes. */
function Ending({ days }: { days: number }) {
  const [answer] = useAnswer(preview, days);
  const since = useExactTime(answer !== "loading" && answer.ok ? answer.value.keptSince : new Date(0));
  if (answer === "loading") return <p className="text-ink-muted text-sm">Counting the entries …</p>;
  if (!answer.ok) return <p className="text-ink-muted text-sm">{answer.detail}</p>;
  const { entries, isMore } = answer.value;
  if (entries === 0)
    return <p className="text-ink-muted text-sm">No entry is older than that now, so none is removed yet.</p>;
  return (
    <Alert tone="danger" heading={`Takes effect in ${retentionDelayDays} days`}>
      {isMore && "More than "}
      {entries === 1 ? "1 entry" : `${grouped(entries)} entries`} from before {since} will then be removed for
      good. Until then an owner can take it back. Export them first if you need them.
    </Alert>
  );
}

const rangeText = `${leastRetentionDays} to ${grouped(mostRetentionDays)} days`;

function daysOf(text: string): number | null {
  const days = /^\d{1,5}$/.test(text.trim()) ? Number(text) : Number.NaN;
  return days >= leastRetentionDays && days <= mostRetentionDays ? days : null;
}
