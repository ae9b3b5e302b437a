"use client";

import { useExactTime } from "@/components/ui/exact-time";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { chooseExpiration, customExpiration, type Expiration, expirationChoices } from "./expiration";

const options = expirationChoices.map(({ value, text }) => ({ value, text, label: text }));

type ExpirationFieldProps = {
  expiration: Expiration;
  onChange: (expiration: Expiration) => void;
  error: string | undefined;
};

export function ExpirationField({ expiration, onChange, error }: ExpirationFieldProps) {
  const { choice, at } = expiration;
  const hint =
    at === null ? (
      "Works until it is revoked or deleted."
    ) : at === undefined ? (
      "In your time zone."
    ) : (
      <ExpiresAt moment={at} />
    );
  const custom = choice === "custom";
  return (
    <div className="grid items-start gap-4 sm:grid-cols-2">
      <Field
        label="Expiration"
        className={custom ? undefined : "sm:col-span-2"}
        hint={custom ? "Set now, it cannot be changed." : hint}
        error={custom ? undefined : error}
      >
        <Select
          value={choice}
          onValueChange={(next) => onChange(chooseExpiration(next, new Date()))}
          options={options}
        />
      </Field>
      {custom && (
        <Field label="Date and time" hint={hint} error={error}>
          <Input
            type="datetime-local"
            autoFocus
            onChange={(event) => onChange(customExpiration(event.target.value))}
          />
        </Field>
      )}
    </div>
  );
}

function ExpiresAt({ moment }: { moment: Date }) {
  const exact = useExactTime(moment);
  const utc = moment.toISOString().slice(0, 16).replace("T", " ");
  return (
    <>
      Expires {exact} <span className="whitespace-nowrap">({utc} UTC)</span>
    </>
  );
}
