"use client";

import { useState } from "react";
import { DialogForm } from "@/components/forms/dialog-form";
import type { DialogProps } from "@/components/list/dialog-host";
import { ChoiceOption } from "@/components/ui/choice/choice-option";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Dialog, DialogContent } from "@/components/ui/overlay/dialog";
import { type Failure, failure } from "@/lib/core/result";
import type { KeyListFilters } from "../list/use-key-list-state";
import { labelFilterFault, readLabelFilters } from "./read-label-filters";

type KeyFilterDialogProps = DialogProps & {
  filters: KeyListFilters;
  /** How many keys are paused, as far as it is known. */
  pausedCount: string | undefined;
  onApply: (filters: KeyListFilters) => void;
};

const plain = { autoComplete: "off", autoCapitalize: "none", spellCheck: false } as const;

/** Sets the filters of the list besides its status. */
export function KeyFilterDialog({ filters, pausedCount, onApply, opener, onClose }: KeyFilterDialogProps) {
  const [subject, setSubject] = useState(filters.subject);
  const [labels, setLabels] = useState(filters.label.join(", "));
  const [paused, setPaused] = useState(filters.paused);
  const [failed, setFailed] = useState<Failure | null>(null);
  const apply = () => {
    const label = readLabelFilters(labels);
    const message = labelFilterFault(label);
    if (message !== null)
      return setFailed(failure("invalid_request", `${message}.`, [{ field: "label", message }]));
    onApply({ subject, label, paused });
    onClose();
  };
  return (
    <Dialog open onOpenChange={(open) => open || onClose()}>
      <DialogContent title="Filter API keys" returnFocusTo={opener}>
        <DialogForm
          action={{ pending: false, failed, prompt: null }}
          submit={{ name: "Apply", variant: "primary" }}
          onSubmit={apply}
          onCancel={onClose}
          discarding={false}
        >
          <Field label="Subject" hint="The whole subject. To find part of one, use the search.">
            <Input
              data-autofocus
              className="font-mono sm:text-[0.8125rem]"
              placeholder="acct_1234"
              maxLength={400}
              {...plain}
              value={subject}
              onChange={(event) => setSubject(event.target.value)}
            />
          </Field>
          <Field
            label="Labels"
            name="label"
            hint="name=value, or a name for any value. Separate several with commas: a key needs all of them."
          >
            <Input
              className="font-mono sm:text-[0.8125rem]"
              placeholder="env=production, team"
              {...plain}
              value={labels}
              onChange={(event) => {
                setFailed(null);
                setLabels(event.target.value);
              }}
            />
          </Field>
          <ChoiceOption
            type="checkbox"
            label="Only paused keys"
            description={pausedCount === undefined ? undefined : `${pausedCount} paused now`}
            className="-mx-3 rounded-md"
            checked={paused}
            onChange={(event) => setPaused(event.target.checked)}
          />
        </DialogForm>
      </DialogContent>
    </Dialog>
  );
}
