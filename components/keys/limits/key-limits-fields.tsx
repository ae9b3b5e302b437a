"use client";

import { use } from "react";
import { Select } from "@/components/ui/choice/select";
import { Field } from "@/components/ui/field";
import { FormContext } from "@/components/ui/field-context";
import { Input, Textarea } from "@/components/ui/input";
import { periodWords } from "../key-words";
import { draftAddresses, type KeyLimitsDraft } from "./key-limits-draft";

type KeyLimitsFieldsProps = {
  draft: KeyLimitsDraft;
  onChange: (draft: KeyLimitsDraft) => void;
};

const fromEverywhere = "IP addresses and CIDRs, one per line. Leave empty to allow all.";
const bound =
  "One per line. The service that verifies the key must send the caller’s address as ip, or the key is refused.";
const periods = [1, 60, 3_600, 86_400, 2_592_000];

/** Where the key may be used from, and how often. */
export function KeyLimitsFields({ draft, onChange }: KeyLimitsFieldsProps) {
  const { faults } = use(FormContext);
  // Keep a period that was set through the API among the choices.
  const offered = periods.includes(draft.seconds) ? periods : [...periods, draft.seconds];
  return (
    <>
      <Field
        label="Allowed addresses"
        aside="Optional"
        hint={draft.addresses.trim() === "" ? fromEverywhere : bound}
        error={addressFault(faults, draft)}
      >
        <Textarea
          className="font-mono max-sm:text-[0.8125rem]/5"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          value={draft.addresses}
          onChange={(event) => onChange({ ...draft, addresses: event.target.value })}
        />
      </Field>
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <Field
          label="Rate limit"
          aside="Optional"
          hint="Requests. Leave empty for no limit."
          name="rateLimit"
        >
          <Input
            inputMode="numeric"
            autoComplete="off"
            value={draft.requests}
            onChange={(event) => onChange({ ...draft, requests: event.target.value })}
          />
        </Field>
        <Field label="Period">
          <Select
            value={String(draft.seconds)}
            onValueChange={(seconds) => onChange({ ...draft, seconds: Number(seconds) })}
            options={offered.map((seconds) => {
              const text = `Per ${periodWords(seconds)}`;
              return { value: String(seconds), text, label: text };
            })}
          />
        </Field>
      </div>
    </>
  );
}

type Faults = readonly { readonly field: string; readonly message: string }[];

/** Names the invalid entry, so nobody has to find it among twenty lines. */
function addressFault(faults: Faults, { addresses }: KeyLimitsDraft): string | undefined {
  const fault = faults.find(({ field }) => field.split(".")[0] === "allowedAddresses");
  if (fault === undefined) return undefined;
  const entry = draftAddresses(addresses)[Number(fault.field.split(".")[1] ?? Number.NaN)];
  return entry === undefined ? fault.message : `“${entry}”: ${fault.message}`;
}
