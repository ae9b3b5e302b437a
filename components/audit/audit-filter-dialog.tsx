"use client";

import { usePathname, useRouter } from "next/navigation";
import { useState } from "react";
import type { DialogProps } from "@/components/list/dialog-host";
import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/choice/select";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter } from "@/components/ui/overlay/dialog";
import { readMoment } from "@/lib/core/read-moment";
import { searchText } from "@/lib/core/search-text";
import { secretsIn } from "@/lib/core/secret-text";
import type { AuditFilterName, AuditFilterTexts } from "@/lib/schemas/audit/audit-log-address";
import { auditFilterNames, readAuditLogAddress } from "@/lib/schemas/audit/audit-log-address";
import { actionOptions } from "./action-words";
import { auditAddress } from "./audit-address";
import { SuggestedInput, suggestedActors, suggestedObjects } from "./suggested-input";

type AuditFilterDialogProps = DialogProps & { filters: AuditFilterTexts };

const secretFault = "That looks like a secret, so it stays out of the address";

const options = actionOptions.map((option) => ({ ...option, label: option.text }));

/** Narrows the audit log. The filters are kept in the URL. */
export function AuditFilterDialog({ filters, opener, onClose }: AuditFilterDialogProps) {
  const pathname = usePathname();
  const router = useRouter();
  const [values, setValues] = useState<Record<AuditFilterName, string>>(() => valuesOf(filters));
  const [faults, setFaults] = useState<Readonly<Partial<Record<AuditFilterName, string>>>>({});
  const set = (name: AuditFilterName) => (value: string) => {
    setValues((before) => ({ ...before, [name]: value }));
    setFaults(({ [name]: _, ...others }) => others);
  };
  const field = (name: AuditFilterName) => ({
    value: values[name],
    onChange: ({ target }: { target: HTMLInputElement }) => set(name)(target.value),
  });
  const apply = () => {
    const asked = textsOf(values, filters);
    for (const name of ["actor", "target"] as const) {
      if (secretsIn(asked[name] ?? "").length > 0) return setFaults({ [name]: secretFault });
    }
    const read = readAuditLogAddress(asked);
    if (Object.keys(read.faults).length > 0) return setFaults(read.faults);
    router.push(auditAddress(pathname, asked));
    onClose();
  };
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent title="Filter the audit log" returnFocusTo={opener}>
        <form
          noValidate
          className="contents"
          onSubmit={(event) => {
            event.preventDefault();
            apply();
          }}
        >
          <DialogBody className="grid content-start items-start gap-4 sm:grid-cols-2">
            {faults.search !== undefined && (
              <p role="alert" className="text-danger-ink text-sm sm:col-span-2">
                {faults.search}. The search has one already.
              </p>
            )}
            <Field label="Who" hint="A person’s name or email, or a key ID" error={faults.actor}>
              <SuggestedInput
                autoFocus
                value={values.actor}
                onChange={set("actor")}
                suggest={suggestedActors}
              />
            </Field>
            <Field label="Action" error={faults.action}>
              <Select
                options={options}
                value={values.action || "any"}
                onValueChange={(value) => set("action")(value === "any" ? "" : value)}
              />
            </Field>
            <Field
              label="Object"
              hint="The name or ID of a key, person, role or anything else, including deleted ones"
              error={faults.target}
            >
              <SuggestedInput
                value={values.target}
                // Filters end up in the URL, so a pasted token is replaced by its key's ID.
                onChange={(text) => set("target")(searchText(text))}
                suggest={suggestedObjects}
              />
            </Field>
            <Field label="Address" hint="The IP address it was done from" error={faults.address}>
              <Input autoComplete="off" spellCheck={false} placeholder="203.0.113.7" {...field("address")} />
            </Field>
            <Field label="Since" error={faults.from}>
              <Input type="date" min="1970-01-01" max="9998-12-31" {...field("from")} />
            </Field>
            <Field label="Before" error={faults.to}>
              <Input type="date" min="1970-01-01" max="9998-12-31" {...field("to")} />
            </Field>
          </DialogBody>
          <DialogFooter>
            <Button
              variant="ghost"
              className="mr-auto"
              onClick={() => {
                setFaults({});
                setValues(valuesOf(filters.search === undefined ? {} : { search: filters.search }));
              }}
            >
              Clear all
            </Button>
            <DialogClose asChild>
              <Button>Cancel</Button>
            </DialogClose>
            <Button type="submit" variant="primary">
              Apply
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}

function valuesOf(filters: AuditFilterTexts): Record<AuditFilterName, string> {
  const each = auditFilterNames.map((name) => [name, filters[name] ?? ""] as const);
  const values = Object.fromEntries(each) as Record<AuditFilterName, string>;
  return { ...values, from: dayOf(values.from), to: dayOf(values.to) };
}

/**
 * The filters to apply. A day begins at midnight in the reader's zone; an exact time from the URL is kept if the day
 * was not edited.
 */
function textsOf(values: Record<AuditFilterName, string>, before: AuditFilterTexts): AuditFilterTexts {
  const texts: Partial<Record<AuditFilterName, string>> = {};
  for (const name of auditFilterNames) {
    const value = values[name].trim();
    if (value === "") continue;
    const isTime = name === "from" || name === "to";
    texts[name] = isTime ? momentOf(value, before[name] ?? "") : value;
  }
  return texts;
}

function momentOf(day: string, before: string): string {
  if (before !== "" && dayOf(before) === day) return before;
  const midnight = new Date(`${day}T00:00:00`);
  return Number.isNaN(midnight.getTime()) ? day : midnight.toISOString();
}

function dayOf(text: string): string {
  const moment = readMoment(text);
  if (moment === null) return "";
  const [month, day] = [moment.getMonth() + 1, moment.getDate()].map((part) => String(part).padStart(2, "0"));
  return `${moment.getFullYear()}-${month}-${day}`;
}
