"use client";

import { use } from "react";
import { Select } from "@/components/ui/choice/select";
import { Field } from "@/components/ui/field";
import { FormContext } from "@/components/ui/field-context";
import { Input, Textarea } from "@/components/ui/input";
import { draftAddresses, type KeyLimitsDraft } from "./key-limits-draft";
import { periodWords } from "./rate-words";

type KeyLimitsFieldsProps = {
  draft: KeyLimitsDraft;
  onChange: (draft: KeyLimitsDraft) => void;
};

const fromEverywhere = "IP addresses and CIDRs, one per line. Empty allows all.";
const bound =
  "One per line. The service that verifies the key must send the caller’s address as ip, or the key is refused.";
const periods = [1, 60, 3_600, 86_400, 2_592_000];

/** Where the key may be used from, and how often. */
export function KeyLimitsFields({ draft, onChange }: KeyLimitsFieldsProps) {
  const { faults, forget } = use(FormContext);
  // Keep a period that was set through the API among the choices.
  const offered = periods.includes(draft.seconds) ? periods : [...periods, draft.seconds];
  return (
    <div className="grid items-start gap-4 sm:grid-cols-2">
      <Field
        label="Allowed addresses"
        aside="Optional"
        name="allowedAddresses"
        hint={draft.addresses.trim() === "" ? fromEverywhere : bound}
        error={addressFault(faults, draft)}
      >
        <Textarea
          rows={Math.min(8, Math.max(1, draft.addresses.split("\n").length))}
          className="font-mono max-sm:min-h-10 max-sm:text-[0.8125rem]/5 sm:text-[0.8125rem]"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          value={draft.addresses}
          onChange={(event) => onChange({ ...draft, addresses: event.target.value })}
        />
      </Field>
      <div className="flex items-start gap-2">
        <Field
          label="Rate limit"
          hint="Requests. Empty for no limit."
          name="rateLimit"
          className="w-28 shrink-0"
        >
          <Input
            inputMode="numeric"
            autoComplete="off"
            value={draft.requests}
            onChange={(event) => onChange({ ...draft, requests: event.target.value })}
          />
        </Field>
        <Field label="Period" aside="Optional" className="min-w-0 flex-1">
          <Select
            value={String(draft.seconds)}
            onValueChange={(seconds) => {
              forget?.("rateLimit");
              onChange({ ...draft, seconds: Number(seconds) });
            }}
            options={offered.map((seconds) => {
              const text = `Per ${periodWords(seconds)}`;
              return { value: String(seconds), text, label: text };
            })}
          />
        </Field>
      </div>
    </div>
  );
}

/** "10.4.0.0/33: the part after the slash goes up to 32." */
function quoteFault(entry: string, message: string): string {
  return `${entry}: ${message.charAt(0).toLowerCase()}${message.slice(1)}.`;
}

type Faults = readonly { readonly field: string; readonly message: string }[];

/** Names the invalid entry, so nobody has to find it among twenty lines. */
function addressFault(faults: Faults, { addresses }: KeyLimitsDraft): string | undefined {
  const fault = faults.find(({ field }) => field.split(".")[0] === "allowedAddresses");
  if (fault === undefined) return undefined;
  const entry = draftAddresses(addresses)[Number(fault.field.split(".")[1] ?? Number.NaN)];
  return entry === undefined ? fault.message : quoteFault(entry, fault.message);
}
